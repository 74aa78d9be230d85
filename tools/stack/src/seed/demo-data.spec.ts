import { createCourseRequest } from '@registrar/contracts-courses';
import { GradeScale, match, requirement } from '@registrar/eligibility';
import { describe, expect, it } from 'vitest';
import { demoLecture, demoLinkedSections } from './bundle.ts';
import { demoCourses } from './catalogue.ts';
import { demoDepartments } from './departments.ts';
import { completionsFile, holdsFile, recordsFile } from './load-students.ts';
import { demoRules, placementTest } from './rules.ts';
import { demoSemesters } from './semesters.ts';
import { mainStudent, otherStudents } from './students.ts';

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

  it('has requirements of every kind of rule, on courses that exist, and one restriction', () => {
    const codes = new Set([...courses.map(({ code }) => code), placementTest]);
    const rules = Object.values(demoRules.courses);
    expect(Object.keys(demoRules.courses).filter((code) => !codes.has(code))).toEqual([]);
    const named = JSON.stringify(rules).matchAll(/"course":"([^"]+)"/g);
    expect([...named].map(([, code = '']) => code).filter((code) => !codes.has(code))).toEqual([]);
    for (const word of ['any', 'all', 'minGrade', 'concurrent', 'credits', 'count'])
      expect(JSON.stringify(rules)).toContain(`"${word}":`);
    for (const { requirement: needed } of rules)
      if (needed) expect(requirement.parse(needed)).toEqual(needed);
    const restrictions = rules.flatMap(({ restriction }) => restriction ?? []);
    expect(restrictions.map((each) => match.parse(each))).toHaveLength(1);
    for (const [code, each] of Object.entries(demoRules.courses))
      expect(courses.find((course) => course.code === code)).toMatchObject(each);
  });

  it('has a lecture with labs and recitations, with seats kept for one program, as the API takes them', () => {
    const sections = demoLinkedSections('2026-fall', 'usr_teacher');
    const ids = sections.map((_, at) => `crs_${at}`);
    const lecture = demoLecture('2026-fall', 'usr_teacher', ids, '2026-12-01T00:00:00.000Z');
    for (const each of [...sections, lecture])
      expect(createCourseRequest.safeParse(each).error).toBeUndefined();
    const components = lecture.linked?.map(({ component, courseIds }) => [component, courseIds.length]);
    expect(components).toEqual([
      ['lab', 3],
      ['recitation', 2],
    ]);
    expect(lecture.linked?.flatMap(({ courseIds }) => courseIds)).toEqual(ids);
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
      const { tickets } = body as { tickets?: { name: string; match: object; opensAt: string }[] };
      const opensAt = Date.parse(body.enrollmentOpensAt);
      const daysBefore = tickets?.map((ticket) => (opensAt - Date.parse(ticket.opensAt)) / 86_400_000);
      expect(daysBefore).toEqual([3, 2, 1]);
      expect(body.startsOn < body.endsOn).toBe(true);
      expect(body.dropDeadlineAt < body.withdrawDeadlineAt).toBe(true);
    }
  });
});

describe('the demo students', () => {
  const students = [mainStudent, ...otherStudents];
  const creditsOf = (code: string) => courses.find((course) => course.code === code)?.credits;

  it('have emails and external ids of their own, three programs at least, and four levels', () => {
    for (const unique of [students.map(({ who }) => who), students.map(({ externalId }) => externalId)])
      expect(new Set(unique).size).toBe(students.length);
    expect(new Set(students.flatMap(({ programs }) => programs)).size).toBeGreaterThanOrEqual(3);
    expect(new Set(students.map(({ level }) => level)).size).toBe(4);
  });

  it('completed courses of the catalogue, with grades, each once', () => {
    const grades = new GradeScale();
    for (const { completions } of students) {
      expect(completions.length).toBeGreaterThan(0);
      for (const { code, grade } of completions) {
        expect(code === placementTest || creditsOf(code) !== undefined).toBe(true);
        expect(grades.isGrade(grade)).toBe(true);
      }
      expect(new Set(completions.map(({ code }) => code)).size).toBe(completions.length);
    }
    const [one] = courses.filter(({ code, prerequisites }) => code === 'CS-301' && prerequisites.length > 0);
    expect(otherStudents[0]?.completions.map(({ code }) => code)).toEqual(
      expect.arrayContaining(one?.prerequisites ?? ['none']),
    );
  });

  it('are under two holds, one of which stops dropping too; the main one is under none', () => {
    expect(students.flatMap(({ hold }) => hold?.blocks.join('|') ?? [])).toEqual(['enroll', 'enroll|drop']);
    expect(mainStudent.hold).toBeUndefined();
  });

  it('are written as files that no cell breaks', () => {
    const files = [recordsFile(students), completionsFile(students, creditsOf), holdsFile(students)];
    for (const file of files) {
      const widths = file.split('\n').map((line) => line.split(',').length);
      expect(new Set(widths).size).toBe(1);
      expect(file).not.toContain('"');
    }
    expect(files[1]).toContain(`student5@registrar.example,${placementTest},0,74,2026-05-15`);
  });
});
