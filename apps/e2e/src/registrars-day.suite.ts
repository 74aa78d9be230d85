import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Course } from '@registrar/contracts-courses';
import type { ImportResult } from '@registrar/contracts-enrollments';
import type { User } from '@registrar/contracts-gateway';
import { bodyOf } from '@registrar/contracts-http';
import type { System } from '@registrar/stack';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Client, expectStatus, password } from './support/client.ts';
import { Fixture } from './support/fixture.ts';
import { SeatWatch } from './support/seat-watch.ts';
import { StaffTool } from './support/staff-tool.ts';

interface Waiting {
  waiting: { position: number; userId: string; userName: string }[];
}

let system: System;
let fixture: Fixture;
let registrar: Client;
let instructor: Client;
let students: Client[];
let tool: StaffTool;
let folder: string;
let algebra: Course;
let logic: Course;

/** Somebody who has just been given a role, and has signed in since. */
async function staff(role: User['roles'][number]): Promise<Client> {
  const { user } = await Client.newStudent(system.gatewayUrl, `The ${role}`);
  const ask = { params: { id: user.id }, body: { roles: [role] } };
  expectStatus(await fixture.admin.api.setRoles(ask), 200);
  return Client.signedIn(system.gatewayUrl, user.email);
}

const names = ['Ada Moss', '=1+1', 'Zoë Ødegård', 'Ben, the second', 'Cy "Cy" Dale'];

async function importing(...args: string[]) {
  const lines = students.flatMap(({ user }) => [`${user.email},${algebra.id}`, `${user.email},${logic.id}`]);
  const file = join(folder, 'students.csv');
  await writeFile(
    file,
    `\uFEFF${['email,courseId', ...lines, `nobody@registrar.example,${logic.id}`, 'nonsense'].join('\r\n')}\r\n`,
  );
  return tool.runCommand<ImportResult>('import', file, ...args);
}

const bad = [
  { line: 12, code: 'user_not_found' },
  { line: 13, code: 'invalid_line' },
];

/** Staff at their work, through the API and the command line. */
export function describeRegistrarsDay(running: () => System): void {
  describe("a registrar's day", () => {
    beforeAll(async () => {
      system = running();
      fixture = await Fixture.open(system);
      registrar = await staff('registrar');
      instructor = await staff('instructor');
      students = await Promise.all(names.map((name) => Client.newStudent(system.gatewayUrl, name)));
      tool = new StaffTool(system.gatewayUrl, registrar.user.email, password);
      folder = await mkdtemp(join(tmpdir(), 'registrars-day-'));
      const of = { instructorIds: [instructor.user.id], waitlistCapacity: 10 };
      algebra = await fixture.course({ ...of, capacity: 2 });
      logic = await fixture.course({ ...of, capacity: 30 });
    });
    afterAll(() => rm(folder, { recursive: true }));

    it('begins with trying an import, and importing', async () => {
      const dry = await importing('--dry-run');
      expect(dry).toMatchObject({ code: 3, result: { enrolled: 7, waitlisted: 3, refused: bad } });
      const [first] = students;
      expect(await first?.api.listOwnEnrollments({})).toMatchObject({ body: { items: [] } });
      const { code, result } = await importing();
      expect({ code, result: { ...result, dryRun: true } }).toEqual({ code: 3, result: dry.result });
      const again = await importing();
      expect(again.result).toMatchObject({ enrolled: 0, waitlisted: 0 });
      expect(again.result.refused.filter((line) => line.code === 'already_enrolled')).toHaveLength(10);
    });

    it('shows who waits, in the order of the file', async () => {
      const { code, result } = await tool.runCommand<Waiting>('waitlist', algebra.id);
      expect(code).toBe(0);
      expect(result.waiting.map(({ position, userName }) => [position, userName])).toEqual(
        names.slice(2).map((name, at) => [at + 1, name]),
      );
    });

    it('raises the capacity, and who watches the seats sees it', async () => {
      const watch = await SeatWatch.open(system.gatewayUrl, algebra.id);
      await vi.waitFor(
        () =>
          expect(watch.seats).toMatchObject({
            capacity: 2,
            enrolledCount: 2,
            waitlistedCount: 3,
            seatsAvailable: 0,
          }),
        { timeout: 10_000, interval: 20 },
      );
      const params = { id: algebra.id };
      const ifMatch = String((await registrar.api.getCourse({ params })).headers['etag']);
      expectStatus(await registrar.api.changeCourse({ params, ifMatch, body: { capacity: 4 } }), 200);
      await vi.waitFor(
        () => expect(watch.seats).toMatchObject({ capacity: 4, enrolledCount: 4, waitlistedCount: 1 }),
        { timeout: 10_000, interval: 20 },
      );
      watch.close();
      const promoted = students[2] ?? expect.fail('there is no such student');
      const { items } = bodyOf(await promoted.api.listOwnEnrollments({}));
      const enrollment = items.find(({ courseId }) => courseId === algebra.id);
      expect(enrollment?.status).toBe('enrolled');
      const ask = { params: { id: enrollment?.id ?? '' } };
      expect(bodyOf(await promoted.api.getEnrollmentHistory(ask))).toMatchObject({
        items: [
          { action: 'waitlisted', actorId: registrar.user.id, actorRole: 'registrar' },
          { action: 'promoted', actorRole: 'system' },
        ],
      });
    });

    it('closes a course, which holds at once, and opens it again', async () => {
      expect(await tool.runCommand('close', logic.id)).toMatchObject({
        code: 0,
        result: { status: 'closed', changed: true },
      });
      const late = await Client.newStudent(system.gatewayUrl);
      const refused = await late.enroll({ courseId: logic.id });
      expect(refused).toMatchObject({ status: 409, problem: { code: 'course_not_open' } });
      expect(await tool.runCommand('close', logic.id)).toMatchObject({ code: 0, result: { changed: false } });
      expect((await tool.runCommand('open', logic.id)).code).toBe(0);
      expectStatus(await late.enroll({ courseId: logic.id }), 201);
    });

    it('lets instructors see their rosters, and students not', async () => {
      const params = { id: algebra.id };
      const query = { status: 'enrolled' as const, limit: 3 };
      const page = expectStatus(await instructor.api.getRoster({ params, query }), 200);
      const after = { ...query, cursor: String(page.nextCursor) };
      const next = bodyOf(await instructor.api.getRoster({ params, query: after }));
      expect([page.items, next.items].map(({ length }) => length)).toEqual([3, 1]);
      const enrolled = [...page.items, ...next.items].map(({ userName }) => userName);
      expect(enrolled.sort()).toEqual(names.slice(0, 4).sort());
      expect((await students[0]?.api.getRoster({ params, query }))?.status).toBe(403);
    });

    it('ends with all rosters of the semester as files', async () => {
      const out = join(folder, 'rosters');
      const { code, result } = await tool.runCommand<{ files: { courseId: string; file: string }[] }>(
        'export-rosters',
        '--semester',
        fixture.semesterId,
        '--out',
        out,
      );
      expect(code).toBe(0);
      expect(result.files.map(({ courseId }) => courseId).sort()).toEqual([algebra.id, logic.id].sort());
      const file = result.files.find(({ courseId }) => courseId === algebra.id)?.file ?? '';
      const [header = '', ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
      expect(header.startsWith('\uFEFFuserName,userEmail,status,')).toBe(true);
      expect(lines).toHaveLength(names.length);
      const beginnings = ['Ada Moss,', "'=1+1,", 'Zoë Ødegård,', '"Ben, the second",', '"Cy ""Cy"" Dale",'];
      for (const beginning of beginnings) expect(lines.some((line) => line.startsWith(beginning))).toBe(true);
      expect(lines.find((line) => line.startsWith('"Cy'))).toContain(',waitlisted,1,');
    });

    it('is for staff alone', async () => {
      const { email } = students[0]?.user ?? { email: '' };
      const student = new StaffTool(system.gatewayUrl, email, password);
      const { code, err } = await student.runCommand('waitlist', algebra.id);
      expect([code, err]).toEqual([1, expect.stringContaining('(forbidden)')]);
      expect(
        await new StaffTool(system.gatewayUrl, email, 'not-the-password').runCommand('open', algebra.id),
      ).toMatchObject({
        code: 1,
        err: expect.stringContaining('(invalid_credentials)') as string,
      });
    });
  });
}
