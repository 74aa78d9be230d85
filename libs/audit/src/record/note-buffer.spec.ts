import type { AuditEventData } from '@registrar/contracts-gateway';
import type { CloudEvent } from '@registrar/messaging';
import { expect, it, vi } from 'vitest';
import { auditEvent } from './audit-event.ts';
import { droppedRecords } from './audit.metrics.ts';
import { NoteBuffer } from './note-buffer.ts';

const note = () => auditEvent('courses', { actor: null, action: 'access_refused', resource: 'courses' });
const dropped = async () => (await droppedRecords.get()).values.reduce((sum, { value }) => sum + value, 0);

/** A buffer whose writes end when the test says so. */
function setUp(bounds = { kind: 'test', maxWaiting: 100, pauseMs: 0 }) {
  const written: CloudEvent<AuditEventData>[][] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const buffer = new NoteBuffer(async (notes) => {
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
    written.push([...notes]);
  }, bounds);
  return { buffer, written, gates };
}

it('writes the notes of one turn together, and those that come meanwhile after them', async () => {
  const { buffer, written, gates } = setUp();
  const notes = [note(), note(), note()];
  for (const each of notes.slice(0, 2)) buffer.addNote(each);
  await vi.waitFor(() => expect(gates).toHaveLength(1));
  buffer.addNote(notes[2] as CloudEvent<AuditEventData>);
  gates[0]?.resolve();
  await vi.waitFor(() => expect(gates).toHaveLength(2));
  gates[1]?.resolve();
  await buffer.close();
  expect(written).toEqual([notes.slice(0, 2), notes.slice(2)]);
});

it('drops and counts what finds no place', async () => {
  const { buffer, written, gates } = setUp({ kind: 'test', maxWaiting: 2, pauseMs: 0 });
  const before = await dropped();
  for (let index = 0; index < 5; index += 1) buffer.addNote(note());
  await vi.waitFor(() => expect(gates).toHaveLength(1));
  gates[0]?.resolve();
  await buffer.close();
  expect(written.flat()).toHaveLength(2);
  expect((await dropped()) - before).toBe(3);
});

it('waits for a store that is away', async () => {
  const { buffer, written, gates } = setUp();
  buffer.addNote(note());
  await vi.waitFor(() => expect(gates).toHaveLength(1));
  gates[0]?.reject(new Error('away'));
  await vi.waitFor(() => expect(gates).toHaveLength(2));
  gates[1]?.resolve();
  await vi.waitFor(() => expect(written.flat()).toHaveLength(1));
});

it('gives up at the end what the store does not take, and counts it', async () => {
  const { buffer, gates } = setUp();
  const before = await dropped();
  buffer.addNote(note());
  await vi.waitFor(() => expect(gates).toHaveLength(1));
  const closed = buffer.close();
  gates[0]?.reject(new Error('away'));
  await closed;
  expect((await dropped()) - before).toBe(1);
});
