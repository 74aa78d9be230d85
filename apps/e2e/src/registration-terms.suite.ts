import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Course } from '@registrar/contracts-courses';
import type { RecordImportResult } from '@registrar/contracts-enrollments';
import { bodyOf } from '@registrar/contracts-http';
import type { System } from '@registrar/stack';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Client, expectStatus } from './support/client.ts';
import { Fixture } from './support/fixture.ts';
import { mailsTo } from './support/mailbox.ts';
import { StaffTool } from './support/staff-tool.ts';

const dayMs = 86_400_000;
const at = (days: number) => new Date(Date.now() + days * dayMs).toISOString();

let system: System;
let fixture: Fixture;
let tool: StaffTool;
let folder: string;
let seminar: Course;
let [senior, junior, freshman]: (Client | undefined)[] = [];

/** A student of the tests. */
function who(student: Client | undefined): Client {
  return student ?? expect.fail('there is no such student');
}

async function imported(kind: string, lines: readonly string[]) {
  const file = join(folder, `${kind}.csv`);
  await writeFile(file, `${lines.join('\n')}\n`);
  return tool.runCommand<RecordImportResult>(kind, 'import', file);
}

/** Who may register, when, and after what: prepared by the command line, met by students. */
export function describeRegistrationTerms(running: () => System): void {
  describe('a semester with tickets, records, requirements and holds', () => {
    beforeAll(async () => {
      system = running();
      fixture = await Fixture.open(system, { opensInMs: dayMs });
      tool = new StaffTool(system.gatewayUrl, system.admin.email, system.admin.password);
      folder = await mkdtemp(join(tmpdir(), 'registration-terms-'));
      [senior, junior, freshman] = await Promise.all(
        ['Ada Moss', 'Ben Dale', 'Cy Reed'].map((name) => Client.newStudent(system.gatewayUrl, name)),
      );
      seminar = await fixture.course({
        requirement: { any: [{ course: 'T 1', minGrade: 'C' }, { course: 'T 2' }] },
        restriction: { programs: ['MATH', 'CS'] },
      });
    });
    afterAll(() => rm(folder, { recursive: true }));

    it('is prepared by files', async () => {
      const tickets = [
        'name,opensAt,levels,minCredits',
        `Seniors,${at(-2)},senior,`,
        `Juniors,${at(-1)},junior,`,
        `Advanced,${at(0.5)},,8`,
      ];
      const file = join(folder, 'tickets.csv');
      await writeFile(file, tickets.join('\n'));
      expect((await tool.runCommand('semester', 'tickets', fixture.semesterId, file)).code).toBe(0);
      await tool.runCommand('users', 'set-external-id', who(junior).user.email, `S-${fixture.semesterId}`);
      const students = [
        'email,externalId,programs,level',
        `${who(senior).user.email},,MATH|ART,senior`,
        `,S-${fixture.semesterId},CS,junior`,
        `${who(freshman).user.email},,ART,freshman`,
        'unknown@registrar.example,,ART,freshman',
      ];
      const done = await imported('students', students);
      expect(done).toMatchObject({
        code: 3,
        result: { changed: 3, unchanged: 0, refused: [{ line: 5, code: 'user_not_found' }] },
      });
      expect((await imported('students', students)).result).toMatchObject({ changed: 0, unchanged: 3 });
      const completions = [
        'email,code,credits,grade,completedOn',
        `${who(senior).user.email},T 1,4,B,2025-12-15`,
        `${who(junior).user.email},T 1,4,D,2025-12-15`,
        `${who(freshman).user.email},T 9,9,A,2025-12-15`,
      ];
      expect((await imported('completions', completions)).result).toMatchObject({ changed: 3, refused: [] });
    });

    it('opens for each student by the own ticket', async () => {
      const windowOf = async (student: Client | undefined) =>
        bodyOf(await who(student).api.getOwnWindow({ params: { id: fixture.semesterId } }));
      expect(await windowOf(senior)).toMatchObject({ ticket: 'Seniors', isOpen: true, holds: [] });
      expect(await windowOf(junior)).toMatchObject({ ticket: 'Juniors', isOpen: true });
      expect(await windowOf(freshman)).toMatchObject({ ticket: 'Advanced', isOpen: false });
    });

    it('takes who may, and tells the others why not and what to do', async () => {
      expect(await who(senior).enroll({ courseId: seminar.id })).toMatchObject({ status: 201 });
      const refused = await who(junior).enroll({ courseId: seminar.id });
      expect(refused).toMatchObject({
        status: 409,
        problem: {
          code: 'prerequisite_not_met',
          missing: { any: [{ course: 'T 1', minGrade: 'C' }, { course: 'T 2' }] },
        },
      });
      const early = await who(freshman).enroll({ courseId: seminar.id });
      expect(early).toMatchObject({ status: 409, problem: { code: 'enrollment_window_closed' } });
      const words = early.ok ? '' : early.problem.detail;
      expect(words).toMatch(/^Your enrollment opens on \w{3} \d{1,2}, \d{4}, \d{1,2}:\d\d [AP]M E[SD]T\./);
    });

    it('stops a student under a hold at once, and tells of it by mail without the reason', async () => {
      const { email } = who(senior).user;
      const course = await fixture.course();
      const holds = ['email,office,reason,blocks', `${email},Library,A rare book is late.,enroll|drop`];
      expect((await imported('holds', holds)).result).toMatchObject({ changed: 1 });
      const refused = await who(senior).enroll({ courseId: course.id });
      expect(refused).toMatchObject({ status: 409, problem: { code: 'hold' } });
      await vi.waitFor(
        async () => {
          const mails = (await mailsTo(system, email)).filter(({ text }) => text.includes('Library'));
          expect(mails).toHaveLength(1);
          expect(mails[0]?.text).not.toContain('rare book');
        },
        { timeout: 20_000, interval: 100 },
      );
      const [hold] = bodyOf(await who(senior).api.listOwnHolds({})).items;
      expect((await tool.runCommand('holds', 'release', hold?.id ?? '')).code).toBe(0);
      expect(await who(senior).enroll({ courseId: course.id })).toMatchObject({ status: 201 });
    });

    it('stands still while it is paused', async () => {
      const params = { id: fixture.semesterId };
      const {
        id: _id,
        version: _version,
        updatedAt: _updatedAt,
        ...semester
      } = bodyOf(await fixture.admin.api.getSemester({ params }));
      const body = { ...semester, pausedAt: at(-0.001) };
      expectStatus(await fixture.admin.api.putSemester({ params, body }), 200);
      const course = await fixture.course();
      const refused = await who(senior).enroll({ courseId: course.id });
      expect(refused).toMatchObject({ status: 409, problem: { code: 'registration_paused' } });
      expectStatus(await fixture.admin.api.putSemester({ params, body: { ...body, pausedAt: null } }), 200);
      expect(await who(senior).enroll({ courseId: course.id })).toMatchObject({ status: 201 });
    });
  });
}
