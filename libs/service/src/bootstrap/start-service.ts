import { Logger } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { collectDefaultMetrics, register } from 'prom-client';
import type { z } from 'zod';
import { ConfigError, loadConfig } from '../config/load-config.ts';
import type { ServiceConfig } from '../config/service-config.ts';
import { NestLogger, createLogger } from '../logging/logger.ts';
import { startManagementServer } from '../metrics/management-server.ts';
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

async function start<Config extends ServiceConfig>(definition: ServiceDefinition<Config>): Promise<void> {
  const config = loadConfig(definition.config, process.env);
  collectDefaultMetrics({ register });
  const pino = createLogger({
    service: definition.name,
    instance: config.INSTANCE_ID,
    level: config.LOG_LEVEL,
  });
  const app = await NestFactory.create<NestFastifyApplication>(definition.module(config), httpAdapter(), {
    logger: new NestLogger(pino),
    bodyParser: false,
    abortOnError: false,
  });
  applyHttpDefaults(app, register);
  await definition.prepare?.(app, config);
  const management = await startManagementServer(register, config.MANAGEMENT_PORT, config.HOST);
  await app.listen(config.PORT, config.HOST);
  stopOnSignal(app, config.SHUTDOWN_TIMEOUT_MS, () => management.close());
  new Logger(definition.name).log(
    { port: config.PORT, managementPort: config.MANAGEMENT_PORT },
    'listening',
    definition.name,
  );
}
