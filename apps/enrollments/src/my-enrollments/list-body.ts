import { newestFirst } from '../enrollment/listed-enrollment.ts';
import type { ListedEnrollment } from '../enrollment/listed-enrollment.ts';

/** Size of the page that a list without a limit shows. */
export const defaultLimit = 25;

/** Whether `bytes` are, as they stand, the answer to a list without filters. */
export function isWholeAnswer(bytes: Buffer): boolean {
  return bytes.subarray(0, ready.length).equals(ready);
}

const ready = Buffer.from('{"items":');

/**
 * The body that is cached for a student: where all fits one page and nothing waits, the very answer to a list
 * without filters, so that it is sent as it is; else all enrollments with their tickets.
 */
export function renderOwn(enrollments: readonly ListedEnrollment[]): string {
  const isReady =
    enrollments.length <= defaultLimit && enrollments.every(({ ticket }) => ticket === undefined);
  return JSON.stringify(isReady ? { items: enrollments, nextCursor: null } : { own: enrollments });
}

/** What a cached body holds, newest first. */
export function parseOwn(bytes: Buffer): ListedEnrollment[] {
  const body = JSON.parse(bytes.toString()) as { items?: ListedEnrollment[]; own?: ListedEnrollment[] };
  return body.items ?? body.own ?? [];
}

/** `enrollments` with `changes` in place of what they replace, newest first. */
export function withChanges(
  enrollments: readonly ListedEnrollment[],
  changes: readonly ListedEnrollment[],
): ListedEnrollment[] {
  const byId = new Map(enrollments.map((enrollment) => [enrollment.id, enrollment]));
  for (const change of changes) byId.set(change.id, change);
  return [...byId.values()].sort(newestFirst);
}
