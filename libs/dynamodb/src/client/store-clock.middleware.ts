import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-dynamodb';
import type { DeserializeHandler, HandlerExecutionContext } from '@smithy/types';
import type { StoreClock } from './store-clock.ts';

type Handler = DeserializeHandler<ServiceInputTypes, ServiceOutputTypes>;

/** Shows `clock` every answer of the store, refusals too: to be added after the SDK's `deserializerMiddleware`. */
export function storeClockMiddleware(clock: StoreClock) {
  return (next: Handler, _context: HandlerExecutionContext): Handler =>
    async (args) => {
      const askedAt = clock.asks();
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      clock.heard(headers?.['date'], askedAt);
      return result;
    };
}
