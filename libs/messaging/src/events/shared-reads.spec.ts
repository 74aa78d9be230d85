import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { makeEvent } from './cloud-event.ts';
import { readShared } from './shared-reads.ts';

const seatTaken = {
  type: 'registrar.test.seat.taken',
  topic: 'test.seat.v1',
  source: '/registrar/test',
  schema: z.strictObject({ course: z.string() }),
} as const;
const definitions = new Map([[seatTaken.type, seatTaken]]);

const valueOf = (course: string) =>
  Buffer.from(
    JSON.stringify(
      makeEvent(seatTaken, { id: 'evt_1', subject: course, time: new Date(), data: { course } }),
    ),
  );

it('a message is checked against its schema once, for all groups of a process', () => {
  const checking = vi.spyOn(seatTaken.schema, 'safeParse');
  checking.mockClear();
  const place = { topic: 'once.test.seat.v1', partition: 0, offset: '7', value: valueOf('crs_1') };
  const first = readShared(place, definitions);
  expect(readShared({ ...place, value: Buffer.from(place.value) }, definitions)).toBe(first);
  expect(checking).toHaveBeenCalledOnce();
  expect(first).toMatchObject({ kind: 'event', event: { data: { course: 'crs_1' } } });
});

it('what is at the same place of a topic that was made again is read itself', () => {
  const place = { topic: 'again.test.seat.v1', partition: 0, offset: '7' };
  readShared({ ...place, value: valueOf('crs_1') }, definitions);
  expect(readShared({ ...place, value: valueOf('crs_2') }, definitions)).toMatchObject({
    event: { data: { course: 'crs_2' } },
  });
});

it('a group that does not take the type skips what another one took; what is malformed is so for each', () => {
  const place = { topic: 'other.test.seat.v1', partition: 0, offset: '7', value: valueOf('crs_1') };
  readShared(place, definitions);
  expect(readShared(place, new Map())).toEqual({ kind: 'other', type: seatTaken.type });
  const broken = { ...place, offset: '8', value: Buffer.from('not JSON') };
  for (const _ of [1, 2]) expect(readShared(broken, definitions)).toMatchObject({ kind: 'malformed' });
  expect(readShared({ ...place, offset: '9', value: null }, definitions)).toMatchObject({
    kind: 'malformed',
  });
});

it('a thousand messages are kept at most: the one before them is read again', () => {
  const place = { topic: 'many.test.seat.v1', partition: 0, value: valueOf('crs_1') };
  const first = readShared({ ...place, offset: '0' }, definitions);
  for (let offset = 1; offset <= 1_000; offset += 1)
    readShared({ ...place, offset: String(offset) }, definitions);
  expect(readShared({ ...place, offset: '0' }, definitions)).not.toBe(first);
});
