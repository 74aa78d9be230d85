import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthRegistry } from '../health/health-registry.ts';

/**
 * Ends the process in order at SIGTERM or SIGINT: readiness falls, HTTP and consumers take nothing new and
 * finish what runs, then connections close (providers do that in `onApplicationShutdown`), then it exits.
 *
 * A second signal, or `timeoutMs` gone by, ends it at once with code 1.
 */
export function stopOnSignal(
  app: NestFastifyApplication,
  timeoutMs: number,
  last: () => Promise<void>,
): void {
  const logger = new Logger('Shutdown');
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.log({ signal }, 'stopping');
    app.get(HealthRegistry, { strict: false }).stop();
    setTimeout(() => {
      logger.error('The shutdown took too long: the rest is cut off.');
      process.exit(1);
    }, timeoutMs).unref();
    const ending = app.close().then(last);
    ending.then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'The shutdown failed.');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
