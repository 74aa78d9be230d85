import { describe, expect, it } from 'vitest';
import { semesterState } from '../testing/semesters.ts';
import { attributesOf, intentOf, semesterKind, storedOf } from './semester.codec.ts';

const state = semesterState({
  tickets: [{ name: 'Seniors', match: { levels: ['senior'] }, opensAt: '2026-07-20T12:00:00.000Z' }],
  holidays: ['2026-11-26'],
  pausedAt: '2026-08-02T00:00:00.000Z',
});
const key = { kind: semesterKind, id: state.id } as const;

/** Attributes as earlier versions wrote them. */
function earlier({
  tickets: _tickets,
  holidays: _holidays,
  paused_at: _pausedAt,
  ...attributes
}: ReturnType<typeof attributesOf>): ReturnType<typeof attributesOf> {
  return attributes;
}

describe('an item of the semesters table', () => {
  it('gives back the semester that was stored, with its tickets, holidays and pause', () => {
    expect(storedOf({ ...key, ...attributesOf(state) }).state).toEqual(state);
  });

  it('that an earlier version wrote reads as one without them, and so does its pending change', () => {
    const whole = { ...state, tickets: [], holidays: [], pausedAt: null };
    const item = { ...key, ...earlier(attributesOf(state)) };
    const intent = intentOf({ token: 'int_1', state, actorId: 'usr_1', leasedUntil: 5 });
    expect(storedOf(item).state).toEqual(whole);
    const changing = { ...item, intent: { ...intent, state: earlier(intent.state) }, pending_at: 5 };
    expect(storedOf(changing).pending?.state).toEqual(whole);
  });
});
