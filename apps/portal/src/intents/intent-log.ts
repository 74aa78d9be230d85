import { keepStored, readStored } from '../api/storage.ts';
import type { Intent } from './intent.ts';

/** The server keeps keys for 24 h; an hour is left for clocks that differ. */
export const oldestMs = 23 * 3_600_000;

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

/** Whether the server may have forgotten the key of that intent. */
export function isTooOld({ atMs }: Intent, nowMs: number): boolean {
  return nowMs - atMs > oldestMs || atMs > nowMs + oldestMs;
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
