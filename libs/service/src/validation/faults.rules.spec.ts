import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultsOf } from './faults.rules.ts';

const schema = z.strictObject({
  name: z.string().min(2).max(4),
  day: z.enum(['mon', 'tue']),
  size: z.int().min(1).max(9),
  credits: z.number().multipleOf(0.25),
  at: z.iso.datetime(),
  list: z.array(z.strictObject({ id: z.string() })).max(2),
  either: z.union([z.string(), z.number()]),
  own: z.string().refine((value) => value !== 'no', { params: { code: 'wrong_order' } }),
});
const good = {
  name: 'Ada',
  day: 'mon',
  size: 3,
  credits: 1.25,
  at: '2027-01-01T00:00:00Z',
  list: [],
  either: 1,
  own: 'yes',
};

function faults(value: unknown) {
  return faultsOf(schema.safeParse(value).error?.issues ?? [], value);
}

describe('the faults of an input', () => {
  it.each<[object, string, string, object?]>([
    [{ name: undefined }, 'name', 'required'],
    [{ day: undefined }, 'day', 'required'],
    [{ either: undefined }, 'either', 'required'],
    [{ name: null }, 'name', 'invalid_type'],
    [{ name: 7 }, 'name', 'invalid_type'],
    [{ size: 1.5 }, 'size', 'invalid_type'],
    [{ name: 'A' }, 'name', 'too_short', { min: 2 }],
    [{ name: 'Adele' }, 'name', 'too_long', { max: 4 }],
    [{ size: 0 }, 'size', 'too_small', { min: 1 }],
    [{ size: 10 }, 'size', 'too_big', { max: 9 }],
    [{ credits: 0.3 }, 'credits', 'not_multiple_of', { step: 0.25 }],
    [{ day: 'wed' }, 'day', 'invalid_value'],
    [{ either: true }, 'either', 'invalid_value'],
    [{ at: 'noon' }, 'at', 'invalid_format'],
    [{ own: 'no' }, 'own', 'wrong_order'],
    [{ list: [{}] }, 'list.0.id', 'required'],
    [{ list: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }, 'list', 'too_long', { max: 2 }],
    [{ colour: 'red' }, 'colour', 'unknown_field'],
  ])('for %j are %s: %s', (change, path, code, params) => {
    const value = { ...good, ...change };
    expect(faults(value)).toEqual([
      { path, code, message: expect.any(String) as string, ...(params && { params }) },
    ]);
  });

  it('name each unknown field, in whatever depth', () => {
    const value = { ...good, x: 1, y: 2, list: [{ id: 'a', z: 3 }] };
    expect(
      faults(value)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['list.0.z', 'x', 'y']);
  });

  it('are one for an input that is none at all', () => {
    expect(faultsOf(schema.safeParse(undefined).error?.issues ?? [], undefined)).toMatchObject([
      { path: '', code: 'required' },
    ]);
  });
});
