import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { CallReader } from './read-call.ts';

/** The first parameter of an `@Endpoint`, put there by it. */
export const TheCall = createParamDecorator((read: CallReader, context: ExecutionContext) => {
  const http = context.switchToHttp();
  return read({ request: http.getRequest(), reply: http.getResponse() });
});
