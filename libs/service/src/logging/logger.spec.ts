import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { continueTrace, runInTrace } from '../tracing/trace-context.ts';
import { NestLogger, createLogger } from './logger.ts';

function logged(write: (logger: NestLogger) => void): Record<string, unknown> {
  const stream = new PassThrough();
  write(new NestLogger(createLogger({ service: 'courses', instance: 'i1', level: 'info' }, stream)));
  return JSON.parse(String(stream.read())) as Record<string, unknown>;
}

describe('NestLogger', () => {
  it('writes one JSON line with service, instance, context and trace', () => {
    const trace = continueTrace();
    const line = runInTrace(trace, () => logged((logger) => logger.warn('slow', 'Relay')));
    expect(line).toMatchObject({
      level: 'warn',
      service: 'courses',
      instance: 'i1',
      context: 'Relay',
      msg: 'slow',
      traceId: trace.traceId,
    });
  });

  it('keeps fields and message of a structured call', () => {
    expect(logged((logger) => logger.log({ courseId: 'crs_a' }, 'created', 'Courses'))).toMatchObject({
      courseId: 'crs_a',
      msg: 'created',
      context: 'Courses',
    });
  });

  it('redacts secrets wherever they stand', () => {
    const line = logged((logger) =>
      logger.error(
        { password: 'p1', body: { refreshToken: 't1', user: { token: 't2' } } },
        'refused',
        'Auth',
      ),
    );
    expect(JSON.stringify(line)).not.toMatch(/p1|t1|t2/);
  });
});
