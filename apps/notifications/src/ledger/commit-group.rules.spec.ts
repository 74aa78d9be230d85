import { describe, expect, it } from 'vitest';
import { maxActions, takeGroup } from './commit-group.rules.ts';
import type { WaitingEntry } from './commit-group.rules.ts';
import { entry } from '../testing/entries.ts';

const waiting = (...people: string[]): WaitingEntry[] =>
  people.map((person, at) => ({ entry: entry({ id: `ntf_${at}`, recipientId: person }) }));
const ids = (group: WaitingEntry[]) => group.map((each) => each.entry.id);

describe('what is committed together', () => {
  it('is taken in order, up to the limit of a transaction', () => {
    const many = waiting(...Array.from({ length: 100 }, (_, at) => `usr_${at}`));
    const group = takeGroup(many);
    expect(group).toHaveLength(maxActions / 2);
    expect(ids(group)[0]).toBe('ntf_0');
    expect(many).toHaveLength(100 - maxActions / 2);
  });

  it('counts the inbox of one person once', () => {
    expect(takeGroup(waiting(...Array<string>(200).fill('usr_a')))).toHaveLength(maxActions - 1);
  });
});
