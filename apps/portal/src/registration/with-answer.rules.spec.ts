import { expect, it } from 'vitest';
import type { Enrollment } from './own-enrollments.ts';
import { withAnswer } from './with-answer.rules.ts';

const listed = { id: 'enr_1', status: 'enrolled', version: 3 } as Enrollment;
const done = (answer: unknown) => ({ progress: { status: 'done', answer } as const });

it('takes a newer state from the answer to a write about the same enrollment', () => {
  const dropped = { id: 'enr_1', status: 'dropped', version: 4 };
  expect(withAnswer(listed, done(dropped))).toEqual({ ...listed, ...dropped });
});

it.each([
  ['nothing was sent', { progress: undefined }],
  ['the write is on its way', { progress: { status: 'sending' } as const }],
  ['the list is newer', done({ id: 'enr_1', status: 'dropped', version: 2 })],
  ['the answer is about another', done({ id: 'enr_2', status: 'dropped', version: 9 })],
  ['the answer has no body', done(undefined)],
])('keeps what the list says where %s', (_, write) => {
  expect(withAnswer(listed, write)).toBe(listed);
});
