import { continueTrace, runInTrace } from '@registrar/service';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeEvent } from './cloud-event.ts';
import { readEvent } from './read-event.ts';

const seatTaken = {
  type: 'registrar.test.seat.taken',
  topic: 'test.seat.v1',
  source: '/registrar/test',
  schema: z.strictObject({ course: z.string() }),
} as const;
const definitions = new Map([[seatTaken.type, seatTaken]]);
const parts = {
  id: 'evt_1',
  subject: 'crs_1',
  time: new Date('2027-01-15T10:00:00.123Z'),
  data: { course: 'crs_1' },
};
const event = makeEvent(seatTaken, parts);
const text = (change: object) => Buffer.from(JSON.stringify({ ...event, ...change }));

describe('an event', () => {
  it('is a CloudEvent 1.0', () => {
    expect(event).toEqual({
      specversion: '1.0',
      id: 'evt_1',
      source: '/registrar/test',
      type: 'registrar.test.seat.taken',
      subject: 'crs_1',
      time: '2027-01-15T10:00:00.123Z',
      datacontenttype: 'application/json',
      dataschema: 'urn:registrar:event:registrar.test.seat.taken',
      data: { course: 'crs_1' },
    });
  });

  it('is not made with data that its contract refuses', () => {
    const wrong: object = { course: 1 };
    expect(() => makeEvent(seatTaken, { ...parts, data: wrong as { course: string } })).toThrow(z.ZodError);
  });

  it('carries the trace of the request that caused it, or the one it is told', () => {
    const trace = continueTrace();
    const traced = runInTrace(trace, () => makeEvent(seatTaken, parts));
    expect(traced.traceparent).toContain(trace.traceId);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(makeEvent(seatTaken, { ...parts, traceparent: traceparent }).traceparent).toBe(traceparent);
  });
});

describe('reading a message', () => {
  it('gives back what was published', () => {
    expect(readEvent(text({}), definitions)).toEqual({ kind: 'event', event, definition: seatTaken });
  });

  it('lets attributes through that it does not know', () => {
    expect(readEvent(text({ partitionkey: 'x' }), definitions)).toMatchObject({ kind: 'event' });
  });

  it('tells other types apart from what is malformed', () => {
    expect(readEvent(text({ type: 'x.y', data: null }), definitions)).toEqual({ kind: 'other', type: 'x.y' });
    const malformed = [
      { specversion: '0.3' },
      { id: '' },
      { time: 'today' },
      { type: 7 },
      { data: { course: 1 } },
    ];
    for (const change of malformed) {
      expect(readEvent(text(change), definitions)).toMatchObject({ kind: 'malformed' });
    }
  });

  it('never throws, whatever is on the topic', () => {
    const anything = fc.oneof(
      fc.constant(null),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((json) => Buffer.from(json)),
    );
    fc.assert(fc.property(anything, (value) => readEvent(value, definitions).kind === 'malformed'));
  });
});
