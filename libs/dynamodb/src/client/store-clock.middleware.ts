import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-dynamodb';
import type { DeserializeHandler, HandlerExecutionContext } from '@smithy/types';
import type { StoreClock } from './store-clock.ts';

type Handler = DeserializeHandler<ServiceInputTypes, ServiceOutputTypes>;

/** Shows `clock` every answer of the store, refusals too: to be added after the SDK's `deserializerMiddleware`. */
export function storeClockMiddleware(clock: StoreClock) {
  return (next: Handler, _context: HandlerExecutionContext): Handler =>
    async (args) => {
      const sentAt = clock.sendTime();
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      clock.observeAnswer(headers?.['date'], sentAt);
      return result;
    };
}
