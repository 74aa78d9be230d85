import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf, personalFields } from './changes.rules.ts';

const secret = 'Ada Moss <ada@registrar.example>';
const plainName = fc.constantFrom('status', 'roles', 'capacity', 'meetings', 'level');
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ maxLength: 20 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(plainName, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    fc.record({ note: fc.constant(secret) }, { noNullPrototype: true }),
  ),
})).value;
const personal = fc.dictionary(fc.constantFrom(...personalFields), fc.constant(secret), {
  maxKeys: 4,
  noNullPrototype: true,
});
const state = fc
  .tuple(fc.dictionary(plainName, value, { maxKeys: 5, noNullPrototype: true }), personal)
  .map(([plain, hidden]) => ({ ...plain, ...hidden }));

describe('what changed', () => {
  it('is told by field, with both values', () => {
    expect(changesOf({ capacity: 30, status: 'open' }, { capacity: 40, status: 'open' })).toEqual({
      before: { capacity: 30 },
      after: { capacity: 40 },
    });
  });

  it('is all of a new thing, and all of one that is gone', () => {
    expect(changesOf(undefined, { id: 'hld_1', office: 'Bursar', reason: 'A fee.' })).toEqual({
      before: null,
      after: { office: 'Bursar', reason: 'changed' },
    });
    expect(changesOf({ code: 'MATH 101' }, undefined)).toEqual({ before: { code: 'MATH 101' }, after: null });
  });

  it('is nothing where only version and time are others', () => {
    const before = { version: 1, updatedAt: 'then', title: 'Algebra', topic: undefined };
    expect(changesOf(before, { ...before, version: 2, updatedAt: 'now', topic: null })).toEqual({
      before: null,
      after: null,
    });
  });

  it('shows names of things that are no person', () => {
    expect(changesOf({ name: 'Maths' }, { name: 'Mathematics' }, { personal: [] }).after).toEqual({
      name: 'Mathematics',
    });
  });

  it('does not repeat long values', () => {
    expect(changesOf({ description: '' }, { description: 'x'.repeat(2_000) }).after).toEqual({
      description: 'changed',
    });
  });

  it('never holds what is personal, at any depth', () => {
    fc.assert(
      fc.property(fc.option(state, { nil: undefined }), fc.option(state, { nil: undefined }), (a, b) => {
        expect(JSON.stringify(changesOf(a, b))).not.toContain(secret);
      }),
    );
  });

  it('names exactly the fields that differ, the same ones before and after', () => {
    fc.assert(
      fc.property(state, state, (a, b) => {
        const { before, after } = changesOf(a, b);
        const differ = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
          (name) =>
            JSON.stringify((a as Record<string, unknown>)[name] ?? null) !==
            JSON.stringify((b as Record<string, unknown>)[name] ?? null),
        );
        // Fields of one object in another order are the same value.
        expect(Object.keys(before ?? {})).toEqual(Object.keys(after ?? {}));
        for (const name of Object.keys(before ?? {})) expect(differ).toContain(name);
      }),
    );
  });

  it('is nothing between a state and itself', () => {
    fc.assert(
      fc.property(state, (same) => {
        expect(changesOf(same, structuredClone(same))).toEqual({ before: null, after: null });
      }),
    );
  });

  it('changes neither state', () => {
    fc.assert(
      fc.property(state, state, (a, b) => {
        const copies = structuredClone([a, b]);
        changesOf(a, b);
        expect([a, b]).toEqual(copies);
      }),
    );
  });
});
