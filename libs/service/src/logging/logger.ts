import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { currentTrace } from '../tracing/trace-context.ts';

/** Fields whose values never reach a log, wherever they stand in the first three levels. */
const secrets = [
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'secret',
];
const redact = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** The fixed fields and level of a logger. */
interface LoggerOptions {
  service: string;
  instance: string;
  level: string;
}

/** A JSON logger: one line an event, with service, instance and the trace it belongs to; secrets redacted. */
export function createLogger(options: LoggerOptions, destination?: DestinationStream): Logger {
  const settings = {
    level: options.level,
    base: { service: options.service, instance: options.instance },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redact, censor: '[redacted]' },
    formatters: { level: (level: string) => ({ level }) },
    mixin() {
      const trace = currentTrace();
      return trace ? { traceId: trace.traceId, requestId: trace.requestId } : {};
    },
  };
  return destination ? pino(settings, destination) : pino(settings);
}

/** Nest's own log calls, and those of our classes (`new Logger(Name.name)`), through pino. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest passes the context last, and for errors a stack before it; a first object holds structured fields. */
  private write(
    level: 'info' | 'error' | 'warn' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const words = rest.filter((part): part is string => typeof part === 'string');
    const context = words.at(-1);
    if (message instanceof Error) return this.logger[level]({ context, err: message }, message.message);
    if (typeof message === 'object' && message !== null) {
      return this.logger[level]({ context, ...message }, words.length > 1 ? words[0] : undefined);
    }
    const stack = words.length > 1 ? words[0] : undefined;
    this.logger[level]({ context, stack }, String(message));
  }
}
