import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, Unreachable } from '../api/problems.ts';
import type { SessionState, User } from '../api/session.ts';
import { session } from '../api/session.ts';
import type { Intent } from './intent.ts';
import { IntentSender } from './intent-sender.ts';

const user = (id: string) => ({ id }) as User;
const overloaded = new ApiProblem({ status: 503, code: 'overloaded', detail: 'Busy.' }, 1_000);
let signedIn: SessionState;
let keys = 0;

function intentOf(method: string, atMs = Date.now()): Intent {
  keys += 1;
  const subject = { action: 'drop', courseId: 'crs_1', courseCode: 'CS 101' } as const;
  return { userId: 'usr_a', key: `key-${keys}`, method, target: '/', atMs, subject, changes: [] };
}

beforeEach(() => {
  vi.useFakeTimers();
  signedIn = { status: 'signed-in', user: user('usr_a') };
  vi.spyOn(session, 'current').mockImplementation(() => signedIn);
});
afterEach(() => vi.useRealTimers());

describe('an intent that a busy server has not taken', () => {
  it.each<[string, SessionState]>([
    ['another user has signed in', { status: 'signed-in', user: user('usr_b') }],
    ['its user has signed out', { status: 'signed-out' }],
    ['the session has ended', { status: 'ended', user: user('usr_a') }],
  ])('is not sent where %s', async (_, later) => {
    const send = vi.fn().mockRejectedValue(overloaded);
    const sender = new IntentSender({ send });
    const intent = intentOf('POST');
    sender.submit(intent);
    await vi.advanceTimersByTimeAsync(0);
    expect(sender.progressOf(intent.key)).toMatchObject({ status: 'busy' });
    signedIn = later;
    await vi.advanceTimersByTimeAsync(600_000);
    expect([send.mock.calls.length, sender.progressOf(intent.key)]).toEqual([1, { status: 'session-ended' }]);
  });

  it('may be committed where an earlier try had no answer, and cannot be stopped then', async () => {
    const send = vi.fn().mockRejectedValueOnce(new Unreachable(undefined)).mockRejectedValue(overloaded);
    const sender = new IntentSender({ send });
    const intent = intentOf('POST');
    sender.submit(intent);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send.mock.calls.length).toBeGreaterThan(1);
    sender.stop(intent);
    expect(sender.progressOf(intent.key)).toMatchObject({ status: 'unknown' });
  });
});

it.each([
  ['DELETE', 11, 0],
  ['DELETE', 9, 1],
  ['POST', 22 * 60, 1],
  ['POST', 24 * 60, 0],
])('a %s of %s minutes ago is sent %s times', async (method, minutes, times) => {
  const send = vi.fn().mockResolvedValue(Response.json({}));
  const sender = new IntentSender({ send });
  const intent = intentOf(method, Date.now() - minutes * 60_000);
  sender.submit(intent);
  await vi.advanceTimersByTimeAsync(0);
  expect(send).toHaveBeenCalledTimes(times);
  expect(sender.progressOf(intent.key)?.status).toBe(times === 1 ? 'done' : 'expired');
});
