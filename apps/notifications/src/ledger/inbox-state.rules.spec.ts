import { describe, expect, it } from 'vitest';
import {
  emptyInbox,
  maxMarks,
  maxRecent,
  nextMoment,
  readAtOf,
  readThrough,
  withAllRead,
  withRow,
} from './inbox-state.rules.ts';

const t = (ms: number) => new Date(1_700_000_000_000 + ms).toISOString();

describe('an inbox', () => {
  it('gives every row a later moment than the one before, even when clocks go back', () => {
    const first = withRow(emptyInbox('usr_a'), { id: 'ntf_1', at: t(10) });
    expect(nextMoment(first, Date.parse(t(500)))).toBe(t(500));
    expect(nextMoment(first, Date.parse(t(10)))).toBe(t(11));
    expect(nextMoment(first, Date.parse(t(-9_000)))).toBe(t(11));
    expect(nextMoment(emptyInbox('usr_a'), Date.parse(t(0)))).toBe(t(0));
  });

  it('counts what is unread and remembers the newest rows only', () => {
    let state = emptyInbox('usr_a');
    for (let at = 0; at < maxRecent + 10; at += 1) state = withRow(state, { id: `ntf_${at}`, at: t(at) });
    expect(state.unread).toBe(maxRecent + 10);
    expect(state.recent).toHaveLength(maxRecent);
    expect(state.recent.at(-1)?.id).toBe(`ntf_${maxRecent + 9}`);
    expect(withRow(state, { id: 'ntf_late', at: t(3_600_000) }).recent).toHaveLength(1);
  });

  it('takes a row as read by the first mark that covers it, or by its own', () => {
    const marked = withAllRead(withRow(emptyInbox('usr_a'), { id: 'ntf_1', at: t(1) }), t(50));
    const later = withAllRead(withRow(marked, { id: 'ntf_2', at: t(60) }), t(70));
    expect(later.unread).toBe(0);
    expect(readThrough(later)).toBe(t(60));
    expect(readAtOf({ created_at: t(1) }, later)).toBe(t(50));
    expect(readAtOf({ created_at: t(60) }, later)).toBe(t(70));
    expect(readAtOf({ created_at: t(61) }, later)).toBeNull();
    expect(readAtOf({ created_at: t(60), read_at: t(65) }, later)).toBe(t(65));
  });

  it('keeps few marks, and what was read stays read', () => {
    let state = emptyInbox('usr_a');
    for (let at = 0; at < maxMarks * 3; at += 1) {
      state = withAllRead(withRow(state, { id: `ntf_${at}`, at: t(at) }), t(at));
    }
    expect(state.marks.length).toBeLessThanOrEqual(maxMarks);
    expect(readAtOf({ created_at: t(0) }, state)).not.toBeNull();
    expect(readAtOf({ created_at: t(maxMarks * 3 - 1) }, state)).toBe(t(maxMarks * 3 - 1));
  });
});
