import { describe, expect, it } from 'vitest';
import { putSemesterRequest } from './put-semester.ts';
import { clockChanges } from './testing/clock-changes.ts';
import { faultsOf } from './testing/faults.ts';

const stated = {
  name: 'Fall 2026',
  startsOn: '2026-09-01',
  endsOn: '2026-12-18',
  enrollmentOpensAt: '2026-03-01T12:00:00Z',
  enrollmentClosesAt: '2026-12-01T05:00:00Z',
  dropDeadlineAt: '2026-12-02T05:00:00Z',
  withdrawDeadlineAt: '2026-12-03T05:00:00Z',
  creditLimit: 18,
  current: true,
};
const ticket = { name: 'Seniors', match: { levels: ['senior'] }, opensAt: '2026-02-20T12:00:00Z' };
const tickets = (length: number) => Array.from({ length }, (_, at) => ({ ...ticket, name: `T${at}` }));
const days = (length: number) =>
  Array.from({ length }, (_, at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10));

describe('a semester', () => {
  it('says nothing of tickets, holidays and a pause where it is stated without them', () => {
    const parsed = putSemesterRequest.parse(stated);
    for (const field of ['tickets', 'holidays', 'pausedAt']) expect(parsed).not.toHaveProperty(field);
  });

  it.each<[object, string[]]>([
    [{ tickets: [] }, []],
    [{ tickets: tickets(50) }, []],
    [{ tickets: tickets(51) }, ['tickets: too_big']],
    [{ tickets: null }, ['tickets: invalid_type']],
    [{ tickets: [{ ...ticket, name: '' }] }, ['tickets.0.name: too_small']],
    [{ tickets: [{ ...ticket, name: 'x'.repeat(100) }] }, []],
    [{ tickets: [{ ...ticket, name: 'x'.repeat(101) }] }, ['tickets.0.name: too_big']],
    [{ tickets: [ticket, { ...ticket, name: 'Juniors' }, ticket] }, ['tickets.2.name: inconsistent']],
    [{ tickets: [ticket, { ...ticket, name: 'seniors' }] }, []],
    [{ tickets: [{ ...ticket, match: {} }] }, ['tickets.0.match: required']],
    [{ tickets: [{ ...ticket, match: { levels: [] } }] }, ['tickets.0.match.levels: too_small']],
    [
      { tickets: [{ ...ticket, match: { campus: ['x'] } }] },
      ['tickets.0.match: unrecognized_keys', 'tickets.0.match: required'],
    ],
    [{ tickets: [{ ...ticket, opensAt: '2026-02-20' }] }, ['tickets.0.opensAt: invalid_format']],
    [{ tickets: [{ ...ticket, closesAt: null }] }, ['tickets.0: unrecognized_keys']],
    [
      { tickets: [{ name: 'Seniors' }] },
      ['tickets.0.match: invalid_type', 'tickets.0.opensAt: invalid_type'],
    ],
    [{ holidays: [] }, []],
    [{ holidays: days(100) }, []],
    [{ holidays: days(101) }, ['holidays: too_big']],
    [{ holidays: ['2026-02-30'] }, ['holidays.0: invalid_format']],
    [{ holidays: ['2026-11-26', '2026-11-27', '2026-11-26'] }, ['holidays.2: inconsistent']],
    [{ holidays: null }, ['holidays: invalid_type']],
    [{ pausedAt: null }, []],
    [{ pausedAt: '2026-09-01T00:00:00-04:00' }, []],
    [{ pausedAt: 'now' }, ['pausedAt: invalid_format']],
  ])('with %j has the faults %j', (fields, expected) => {
    expect(faultsOf(putSemesterRequest, { ...stated, ...fields })).toEqual(expected);
  });

  it.each([
    ['2026-12-01T04:59:59.999Z', []],
    ['2026-12-01T05:00:00Z', ['tickets.1.opensAt: wrong_order']],
    ['2026-12-01T00:00:00-05:00', ['tickets.1.opensAt: wrong_order']],
    ['2026-12-01T10:29:59.999+05:30', []],
    ['2026-12-02T00:00:00Z', ['tickets.1.opensAt: wrong_order']],
    // After the general opening: it postpones the opening of who matches.
    ['2026-08-01T00:00:00Z', []],
  ])('has a ticket that opens at %s with the faults %j', (opensAt, expected) => {
    const late = { ...ticket, name: 'Late', opensAt };
    expect(faultsOf(putSemesterRequest, { ...stated, tickets: [ticket, late] })).toEqual(expected);
  });

  it('names late tickets beside every other fault', () => {
    const late = tickets(2).map((each) => ({ ...each, opensAt: stated.enrollmentClosesAt }));
    const faulty = { name: '', tickets: [...late, 'none', ticket], endsOn: stated.startsOn };
    expect(faultsOf(putSemesterRequest, { ...stated, ...faulty }).sort()).toEqual([
      'endsOn: wrong_order',
      'name: too_small',
      'tickets.0.opensAt: wrong_order',
      'tickets.1.opensAt: wrong_order',
      'tickets.2: invalid_type',
    ]);
  });

  it.each([...clockChanges])('keeps a ticket that opens at %s as %s', (external, utc) => {
    const parsed = putSemesterRequest.parse({
      ...stated,
      tickets: [{ ...ticket, opensAt: external }],
      pausedAt: external,
    });
    expect([parsed.tickets?.[0]?.opensAt, parsed.pausedAt]).toEqual([utc, utc]);
  });
});
