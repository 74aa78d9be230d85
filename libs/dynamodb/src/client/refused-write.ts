import { Logger } from '@nestjs/common';
import { ChangeRefused } from './dynamo.errors.ts';
import type { Failure } from './retry-store-call.ts';

const logger = new Logger('Dynamo');
const refusals = new Set(['ValidationException', 'ItemCollectionSizeLimitExceededException']);

/** ChangeRefused where the store does not take a write as it is, for its size or its values; else undefined. */
export function refusedWrite({ error }: Failure): ChangeRefused | undefined {
  if (!(error instanceof Error) || !(refusals.has(error.name) || isTooLarge(error))) return undefined;
  // It is answered with 409, which is logged nowhere else.
  logger.error({ reason: `${error.name}: ${error.message}` }, 'the store refuses a write');
  return new ChangeRefused(error);
}

/** A call over the limit of the whole is turned away before it is read: 413, with or without a name. */
function isTooLarge(error: Error): boolean {
  const metadata = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }) : undefined;
  return metadata?.httpStatusCode === 413;
}
