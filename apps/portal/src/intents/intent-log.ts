import { keepStored, readStored } from '../api/storage.ts';
import type { Intent } from './intent.ts';

/** The server keeps keys for 24 h; an hour is left for clocks that differ. */
export const oldestMs = 23 * 3_600_000;

/** What has no key has its effect again: after a while it may undo what was done elsewhere in the meantime. */
const oldestWithoutKeyMs = 10 * 60_000;

const name = 'intents';

/** Intents without a final answer, oldest first; they outlive reloads and crashes. Safe against other tabs' writes. */
export const intentLog = {
  /** The open intents of a user. */
  openOf(userId: string): Intent[] {
    return readAll().filter((intent) => intent.userId === userId);
  },

  /** Stores an intent, before it is sent. */
  append(intent: Intent): void {
    keepStored(name, [...readAll().filter(({ key }) => key !== intent.key), intent]);
  },

  /** Removes an intent that has its final answer. */
  remove(key: string): void {
    keepStored(
      name,
      readAll().filter((intent) => intent.key !== key),
    );
  },
};

/** Whether to send that intent again may have another effect: its key may be forgotten, or it has none. */
export function isTooOld({ method, atMs }: Intent, nowMs: number): boolean {
  const mostMs = method === 'POST' ? oldestMs : oldestWithoutKeyMs;
  return Math.abs(nowMs - atMs) > mostMs;
}

function readAll(): Intent[] {
  const stored = readStored<unknown>(name);
  return Array.isArray(stored) ? stored.filter(isIntent) : [];
}

function isIntent(value: unknown): value is Intent {
  const intent = value as Partial<Intent> | null;
  return (
    typeof intent === 'object' &&
    intent !== null &&
    typeof intent.userId === 'string' &&
    typeof intent.key === 'string' &&
    typeof intent.method === 'string' &&
    typeof intent.target === 'string' &&
    typeof intent.atMs === 'number' &&
    typeof intent.subject?.courseId === 'string' &&
    Array.isArray(intent.changes)
  );
}
