import { describe, expect, it } from 'vitest';
import { offeringOf, seatsOf, semesterRules } from '../../enrollment/testing/builders.ts';
import type { GroupItems } from './view.repository.ts';
import { brought } from './group-view.ts';

const seats = seatsOf('c', { version: 5, enrolledCount: 1 });
const course = { seats, offering: offeringOf('c'), semester: semesterRules() };
const found: GroupItems = { course, students: [], records: new Map() };

describe('what was read ahead', () => {
  it('goes on from the seats that the commit in between left', () => {
    const left = seatsOf('c', { version: 6, enrolledCount: 2 });
    expect(brought(found, left)).toEqual({ ...found, course: { ...course, seats: left } });
  });

  it('stays as it is where it was read later than the commit wrote', () => {
    expect(brought(found, seatsOf('c', { version: 4 }))).toBe(found);
    expect(brought(found, seats)).toBe(found);
  });

  it('is of no use where the course was changed in between, or is not there', () => {
    expect(brought(found, seatsOf('c', { version: 6, courseVersion: 2 }))).toBeUndefined();
    expect(brought({ ...found, course: undefined }, seats)).toBeUndefined();
  });
});
