import { describe, expect, it } from 'vitest';
import { demoCourses } from './catalogue.ts';
import { demoDepartments } from './departments.ts';
import { demoSemesters } from './semesters.ts';

const instructorOf = (departmentId: string) => `usr_${departmentId}`;
const courses = demoCourses('2026-fall', instructorOf, 'usr_teacher');

describe('the demo catalogue', () => {
  it('has 200 courses in 12 departments, no section twice', () => {
    expect(courses).toHaveLength(200);
    expect(new Set(courses.map(({ departmentId }) => departmentId)).size).toBe(12);
    expect(new Set(courses.map(({ code, section }) => `${code} ${section}`)).size).toBe(200);
    expect(demoDepartments.map(({ titles }) => new Set(titles).size)).toEqual(Array(12).fill(15));
  });

  it('is the same each time', () => {
    expect(demoCourses('2026-fall', instructorOf, 'usr_teacher')).toEqual(courses);
  });

  it('builds only on courses that exist', () => {
    const codes = new Set(courses.map(({ code }) => code));
    const needed = courses.flatMap(({ prerequisites }) => prerequisites);
    expect(needed.length).toBeGreaterThan(50);
    expect(needed.filter((code) => !codes.has(code))).toEqual([]);
  });

  it('stays within the bounds of a course', () => {
    for (const course of courses) {
      expect(course.code).toMatch(/^[A-Z]{2,4}-\d{3}$/);
      expect(course.credits * 2).toBe(Math.round(course.credits * 2));
      expect(course.capacity).toBeGreaterThan(0);
      expect(course.meetings.length).toBeGreaterThan(1);
      for (const { start, end } of course.meetings) {
        expect(start).toMatch(/^\d\d:\d\d$/);
        expect(start < end).toBe(true);
      }
    }
  });

  it('lets the sections of one course meet at different times', () => {
    for (const { code, meetings } of courses.filter(({ section }) => section === '2')) {
      const first = courses.find((course) => course.code === code && course.section === '1');
      expect(first?.meetings).not.toEqual(meetings);
    }
  });

  it('gives each course an instructor, and the demo instructor a few', () => {
    expect(courses.filter(({ instructorIds = [] }) => instructorIds.length !== 1)).toEqual([]);
    expect(new Set(courses.flatMap(({ instructorIds = [] }) => instructorIds)).size).toBe(13);
    expect(courses.filter(({ instructorIds = [] }) => instructorIds.includes('usr_teacher'))).toHaveLength(6);
  });
});

describe('the demo semesters', () => {
  it.each(['2026-01-01', '2026-06-30', '2027-12-18', '2028-02-29'])('are in order around %s', (today) => {
    const now = new Date(`${today}T12:00:00Z`);
    const { past, current, next } = demoSemesters(now);
    expect(new Set([past.id, current.id, next.id]).size).toBe(3);
    expect([past, current, next].map(({ body }) => body.current)).toEqual([false, true, false]);
    expect(current.body.enrollmentOpensAt < now.toISOString()).toBe(true);
    expect(current.body.enrollmentClosesAt > now.toISOString()).toBe(true);
    for (const { body } of [past, current, next]) {
      expect(body.startsOn < body.endsOn).toBe(true);
      expect(body.dropDeadlineAt < body.withdrawDeadlineAt).toBe(true);
    }
  });
});
