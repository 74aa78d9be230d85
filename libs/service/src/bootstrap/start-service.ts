import { Logger } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { collectDefaultMetrics, register } from 'prom-client';
import type { z } from 'zod';
import { followClockFile } from '../clock/clock.ts';
import { ConfigError, loadConfig } from '../config/load-config.ts';
import type { ServiceConfig } from '../config/service-config.ts';
import { NestLogger, createLogger } from '../logging/logger.ts';
import { startManagementServer } from '../metrics/management-server.ts';
import { sampleTraces } from '../tracing/trace-context.ts';
import { recordSpansWith, spanRecorder } from '../tracing/span-recorder.ts';
import { applyHttpDefaults, httpAdapter } from './http-defaults.ts';
import { stopOnSignal } from './shutdown.ts';

/** How a service differs from the others. */
export interface ServiceDefinition<Config extends ServiceConfig> {
  /** Its name, such as `courses`. */
  name: string;
  /** `serviceConfig`, extended by what the service reads itself. */
  config: z.ZodObject & z.ZodType<Config>;
  /** The root module for a validated config. */
  module: (config: Config) => DynamicModule;
  /** What is done with the made application before it listens, such as connecting its consumers. */
  prepare?: (app: NestFastifyApplication, config: Config) => void | Promise<void>;
}

/**
 * Starts a service as every service starts: config, logs, HTTP defaults, `prepare`, management port, listen,
 * and a graceful end at SIGTERM or SIGINT.
 *
 * Failure: prints every fault at once and ends the process with code 1.
 */
export async function startService<Config extends ServiceConfig>(
  definition: ServiceDefinition<Config>,
): Promise<void> {
  try {
    await start(definition);
  } catch (error) {
    const words = error instanceof ConfigError ? error.message : (error as Error).stack;
    process.stderr.write(`${definition.name} cannot start. ${words}\n`);
    process.exit(1);
  }
}

/**
 * The application of a service with all defaults, not yet listening: for `startService`, and for tests that run a
 * service in their own process (close it with `app.close()`).
 *
 * @throws whatever keeps the module from being made, such as a missing table
 */
export async function createService<Config extends ServiceConfig>(
  definition: ServiceDefinition<Config>,
  config: Config,
): Promise<NestFastifyApplication> {
  const { INSTANCE_ID: instance, LOG_LEVEL: level } = config;
  if (config.NODE_ENV === 'production' && config.TEST_CLOCK_FILE !== undefined)
    throw new ConfigError(['TEST_CLOCK_FILE is for tests: it is not set in production.']);
  followClockFile(config.TEST_CLOCK_FILE);
  sampleTraces(config.OTEL_TRACES_SAMPLER_ARG);
  const logger = new NestLogger(createLogger({ service: definition.name, instance, level }));
  const options = { logger, bodyParser: false, abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(
    definition.module(config),
    httpAdapter(),
    options,
  );
  applyHttpDefaults(app, register);
  await definition.prepare?.(app, config);
  return app;
}

async function start<Config extends ServiceConfig>(definition: ServiceDefinition<Config>): Promise<void> {
  const config = loadConfig(definition.config, process.env);
  collectDefaultMetrics({ register });
  // What records and sends spans is loaded where there is an address for them, and not a byte of it elsewhere.
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) {
    const { OtlpRecorder } = await import('../tracing/otlp-recorder.ts');
    recordSpansWith(new OtlpRecorder(definition.name, config.INSTANCE_ID));
  }
  const app = await createService(definition, config);
  const management = await startManagementServer(register, config.MANAGEMENT_PORT, config.MANAGEMENT_HOST);
  await app.listen(config.PORT, config.HOST);
  stopOnSignal(app, config.SHUTDOWN_TIMEOUT_MS, async () => {
    management.close();
    await spanRecorder()?.close();
  });
  new Logger(definition.name).log({ port: config.PORT, managementPort: config.MANAGEMENT_PORT }, 'listening');
}
