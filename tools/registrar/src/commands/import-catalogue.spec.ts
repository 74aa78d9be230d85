import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../faults.ts';
import { FakeCourses } from '../testing/fake-courses.ts';
import { StubSystem } from '../testing/stub-system.ts';

let system: StubSystem;
let folder: string;
let service: FakeCourses;

beforeAll(async () => {
  system = await StubSystem.start();
  folder = await mkdtemp(join(tmpdir(), 'registrar-catalogue-'));
});
beforeEach(() => {
  service = new FakeCourses();
  system.answers(service.answer);
});
afterAll(async () => {
  system.stop();
  await rm(folder, { recursive: true });
});

const lecture = {
  departmentId: 'BIO',
  departmentName: 'Biology',
  code: 'BIO 150',
  title: 'Cells',
  credits: { min: 1, max: 4 },
  capacity: 40,
  meetings: [
    { day: 'mon', start: '09:00', end: '09:50', room: 'A 1' },
    { day: 'tue', start: '09:00', end: '10:50', room: 'A 1', startsOn: '2027-02-01', endsOn: '2027-02-01' },
  ],
  prerequisiteText: 'BIO 100 or permission of instructor.',
  linked: [{ component: 'lab', sections: [{ code: 'BIO 150', section: 'AL' }] }],
};
const lab = {
  departmentId: 'BIO',
  code: 'BIO 150',
  section: 'AL',
  component: 'lab',
  title: 'Cells',
  credits: 0,
  capacity: 20,
};
const other = {
  departmentId: 'NEU',
  code: 'NEU 150',
  title: 'Nerves',
  credits: 4,
  capacity: 5,
  crossListedOf: { code: 'BIO 150' },
};
const broken = { ...lab, code: 'BIO 151', credits: 45 };

async function fileOf(lines: readonly object[], name = 'fall.jsonl'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
}

const load = (file: string, ...more: string[]) =>
  system.runCommand(['catalogue', 'import', file, '--semester', 'fall', ...more]);
const sent = (method: string) => system.seen.filter((request) => request.method === method);

describe('loading a catalogue', () => {
  it('makes departments, then sections, those first that others name', async () => {
    const ran = await load(await fileOf([other, lecture, lab]));
    expect(ran).toMatchObject({
      code: exitCodes.done,
      err: expect.stringContaining('sections 3/3') as string,
    });
    expect(ran.out).toContain(
      'Held as the file has them: 3 of 3 sections (100.0 %). Loaded with a loss: 0. Not loaded: 0.\nfall: 3 created',
    );
    expect(ran.out).toContain(
      'fall: 3 created, 0 changed, 0 unchanged, 0 refused. Departments made: NEU, BIO.',
    );
    expect(sent('PUT').map(({ path, body }) => [path, body])).toEqual([
      ['/api/departments/NEU', '{"name":"NEU"}'],
      ['/api/departments/BIO', '{"name":"Biology"}'],
    ]);
    expect(
      [...service.courses.values()].map(({ id, code, section, linked, crossListedOf }) => [
        id,
        code,
        section,
        linked,
        crossListedOf,
      ]),
    ).toEqual([
      ['crs_1', 'BIO 150', 'AL', [], null],
      ['crs_2', 'BIO 150', '1', [{ component: 'lab', courseIds: ['crs_1'] }], null],
      ['crs_3', 'NEU 150', '1', [], 'crs_2'],
    ]);
    expect(service.courses.get('crs_2')).toMatchObject({
      requirement: { course: 'BIO 100' },
      credits: 4,
      minCredits: 1,
    });
  });

  it('makes nothing twice, and leaves alone what the file does not say', async () => {
    const file = await fileOf([lecture, lab, other]);
    await load(file);
    const course = service.courses.get('crs_2');
    if (course)
      service.courses.set('crs_2', {
        ...course,
        instructorIds: ['usr_1'],
        meetings: course.meetings.toReversed(),
        waitlistCapacity: 9,
        status: 'draft',
      });
    system.seen.length = 0;
    expect((await load(file)).out).toContain('fall: 0 created, 0 changed, 3 unchanged, 0 refused.');
    expect([...sent('POST'), ...sent('PATCH'), ...sent('PUT')]).toEqual([]);
  });

  it('changes what differs, and reads again where others were quicker', async () => {
    await load(await fileOf([lecture, lab]));
    let stale = 1;
    service.interfere = ({ method }) => {
      const course = service.courses.get('crs_2');
      if (method !== 'PATCH' || !course || stale-- === 0) return undefined;
      service.courses.set('crs_2', { ...course, version: 7 });
      return { status: 412, json: { code: 'version_conflict', detail: 'Changed meanwhile.', status: 412 } };
    };
    system.seen.length = 0;
    const ran = await load(
      await fileOf([{ ...lecture, credits: 4, capacity: 41, prerequisiteText: 'BIO 99.' }, lab]),
    );
    expect(ran.out).toContain('0 created, 1 changed, 1 unchanged, 0 refused.');
    expect(
      sent('PATCH').map(({ path, headers, body }) => [
        path,
        headers['if-match'],
        JSON.parse(body) as unknown,
      ]),
    ).toEqual(
      ['"1"', '"7"'].map((tag) => [
        '/api/courses/crs_2',
        tag,
        { capacity: 41, minCredits: null, requirement: { course: 'BIO 99' }, description: '' },
      ]),
    );
  });

  it('goes on from where it broke off, and asks again while the system is busy', async () => {
    const file = await fileOf([lecture, lab, other]);
    let posts = 0;
    service.interfere = ({ method }) => {
      if (method !== 'POST') return undefined;
      posts += 1;
      if (posts === 1)
        return {
          status: 429,
          headers: { 'retry-after': '0' },
          json: { code: 'rate_limited', detail: 'Slow down.', status: 429 },
        };
      return posts < 4
        ? undefined
        : { status: 401, json: { code: 'unauthorized', detail: 'Expired.', status: 401 } };
    };
    const ran = await load(file);
    expect(ran).toMatchObject({ code: exitCodes.failed, out: '' });
    expect(ran.err).toContain(
      'Broken off at 2 of 3 sections. The same command continues from there.\nExpired. (unauthorized)',
    );
    expect(
      new Set(
        sent('POST')
          .slice(0, 2)
          .map(({ headers }) => headers['idempotency-key']),
      ).size,
    ).toBe(1);
    service.interfere = () => undefined;
    expect((await load(file)).out).toContain('1 created, 0 changed, 2 unchanged, 0 refused.');
    expect(service.courses.size).toBe(3);
  });

  it('lists what the server refused beside what it was not asked for, and ends with a code of its own', async () => {
    service.interfere = ({ method, body }) =>
      method === 'POST' && body.includes('"AL"')
        ? {
            status: 422,
            json: {
              code: 'validation_failed',
              detail: 'One field is not valid.',
              status: 422,
              errors: [{ path: 'meetings.0.startsOn', message: 'Outside of the semester.' }],
            },
          }
        : undefined;
    const losses = join(folder, 'losses.csv');
    const ran = await load(
      await fileOf([lecture, lab, broken, { ...lab, code: 'BIO 160', section: '1' }]),
      '--losses',
      losses,
      '--json',
    );
    expect(ran.code).toBe(exitCodes.someRefused);
    expect(JSON.parse(ran.out)).toMatchObject({
      dryRun: false,
      semesterId: 'fall',
      created: 1,
      sections: 4,
      held: 1,
      loadedWithLoss: 0,
      notLoaded: 3,
      heldShare: 0.25,
      refused: [
        { name: 'BIO 150 AL', code: 'validation_failed' },
        { name: 'BIO 150 1', code: 'section_not_loaded' },
      ],
    });
    const rows = await readFile(losses, 'utf8');
    expect(rows).toContain('where,section,loaded,kind,cause,detail');
    expect(rows).toContain('line 3,BIO 151 AL,no,the system cannot hold it,');
    expect(rows).toContain('meetings.0.startsOn: Outside of the semester.');
  });

  it('refuses a course that was cancelled, or is of another class, and changes neither', async () => {
    const file = await fileOf([lecture, lab, other]);
    await load(file);
    for (const [id, change] of [
      ['crs_1', { status: 'cancelled' }],
      ['crs_3', { crossListedOf: null }],
    ] as const) {
      const course = service.courses.get(id);
      if (course) service.courses.set(id, { ...course, ...change });
    }
    const ran = await load(file);
    expect(ran.code).toBe(exitCodes.someRefused);
    expect(ran.out).toContain('The system refused it: course_cancelled.');
    expect(ran.out).toContain('The system refused it: other_class.');
    expect(sent('PATCH')).toEqual([]);
  });
});

describe('before anything is sent', () => {
  it('a dry run says what would be held, and needs no system and nobody signed in', async () => {
    const file = await fileOf([
      lecture,
      lab,
      broken,
      { ...lab, code: 'BIO 152', prerequisiteText: 'Some luck.' },
    ]);
    const args = ['catalogue', 'import', file, '--dry-run'];
    const ran = await system.runCommand(args, {});
    expect(ran).toMatchObject({ code: exitCodes.someRefused, err: '' });
    expect(ran.out).toBe(
      [
        'Would be held as the file has them: 2 of 4 sections (50.0 %). Loaded with a loss: 1. Not loaded: 1.',
        'Of all sections: 25.0 % the system cannot hold it; 0.0 % the file lacks it or has it wrong; 25.0 % a rule stays a text that nobody is held to.',
        'With --unread permit: 3 sections (75.0 %), instructors judging the rules that stay texts.',
        'Not held, by cause:',
        '     1  credits: Too big: expected number to be <=30 (the system cannot hold it)',
        '          BIO 151 AL: 45',
        '     1  This cannot be read as a requirement. (a rule stays a text that nobody is held to)',
        '          BIO 152 AL: "Some luck" in "Some luck."',
        'Held, and to be known:',
        '     1  Whom a rule lets in by permission or with an equivalent, a permit lets in.',
        '',
      ].join('\n'),
    );
    expect(system.seen).toEqual([]);
    const { out } = await system.runCommand([...args, '--unread', 'permit', '--json'], {});
    expect(JSON.parse(out)).toMatchObject({ dryRun: true, held: 3, notLoaded: 1 });
  });

  it('a semester that is not there, or not said, is told', async () => {
    const file = await fileOf([lab]);
    expect(await system.runCommand(['catalogue', 'import', file, '--semester', 'never'])).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringContaining('There is no semester never. Make it first') as string,
    });
    const ran = await system.runCommand([
      'catalogue',
      'import',
      await fileOf([
        { ...lab, semesterId: 'a' },
        { ...lab, section: '2', semesterId: 'b' },
      ]),
    ]);
    expect(ran).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringContaining('--semester') as string,
    });
    await system.runCommand(['catalogue', 'import', await fileOf([{ ...lab, semesterId: 'fall' }])]);
    expect(service.courses.get('crs_1')?.semesterId).toBe('fall');
  });

  it('files and options that are none are told', async () => {
    const file = await fileOf([lab]);
    const garbage = join(folder, 'garbage.jsonl');
    await writeFile(garbage, Buffer.from([0xff, 0xfe, 0x00]));
    for (const args of [
      [join(folder, 'missing.jsonl')],
      [garbage],
      [await fileOf([], 'empty.jsonl')],
      [file, '--format', 'banner'],
      [file, '--unread', 'maybe'],
      [file, '--losses', join(folder, 'no', 'such', 'folder')],
    ])
      expect(await load(...(args as [string])), args.join(' ')).toMatchObject({
        code: exitCodes.usage,
        out: '',
      });
    expect(system.seen).toEqual([]);
  });
});
