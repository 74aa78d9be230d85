import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../faults.ts';
import { runProgram } from '../program.ts';
import { sharedFile } from '../testing/shared-data.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registrar-requirements-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command without any environment: nobody is signed in. */
async function parse(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed = { out: '', err: '' };
  const code = await runProgram(
    ['requirements', 'parse', ...args],
    {},
    {
      out: (text) => (printed.out += text),
      err: (text) => (printed.err += text),
      isWatched: false,
    },
  );
  return { code, ...printed };
}

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('reading one text', () => {
  it('prints the requirement, its words and the notes, without a system to ask', async () => {
    expect(
      await parse(
        'Prerequisite: MATH 210 with a minimum grade of C, or MATH 215, or permission of instructor',
      ),
    ).toEqual({
      code: exitCodes.done,
      out:
        '{"any":[{"course":"MATH 210","minGrade":"C"},{"course":"MATH 215"}]}\n' +
        'MATH 210 with at least C, or MATH 215\n' +
        'note: Left out, a permit lets such a student in: "or permission of instructor".\n',
      err: '',
    });
  });

  it('prints the part that cannot be read and why, and fails', async () => {
    expect(await parse('MATH 210 and junior\u001B standing')).toEqual({
      code: exitCodes.failed,
      out: '',
      err: 'cannot be read: "junior  standing". This cannot be read as a requirement.\n',
    });
  });

  it('says where nothing is asked for', async () => {
    expect(await parse('None.')).toMatchObject({ code: exitCodes.done, out: 'null\nasks for nothing\n' });
  });

  it('prints either as JSON', async () => {
    const read = await parse('--json', 'CSCI 1200 or 2300', '--separator', '-');
    expect([read.code, JSON.parse(read.out)]).toEqual([
      exitCodes.done,
      {
        text: 'CSCI 1200 or 2300',
        read: true,
        requirement: { any: [{ course: 'CSCI-1200' }, { course: 'CSCI-2300' }] },
        words: 'CSCI-1200, or CSCI-2300',
        notes: [],
      },
    ]);
    const unread = await parse('junior standing', '--json');
    expect([unread.code, JSON.parse(unread.out)]).toEqual([
      exitCodes.failed,
      {
        text: 'junior standing',
        read: false,
        reason:
          'A class level, program or status is no requirement: put it into the restriction of the course.',
        part: 'junior standing',
      },
    ]);
  });

  it.each([
    [[], 'Give one text in quotes, or --file <path>'],
    [['MATH 210', '--file', 'x'], 'Give one text in quotes, or --file <path>'],
    [['MATH', '210'], 'too many arguments'],
    [['MATH 210', '--separator', 'x'], '--separator is nothing, a space, or one of'],
  ])('of %j is wrong use', async (args, words) => {
    const ran = await parse(...args);
    expect(ran).toMatchObject({ code: exitCodes.usage, out: '' });
    expect(ran.err).toContain(words);
  });
});

describe('reading a file', () => {
  it('takes a text a line, names lines, and tells the share that was read', async () => {
    const file = await fileOf('texts.txt', '\uFEFFMATH 210\r\n\r\nPermission of instructor\r\nNone\r\n');
    expect(await parse('--file', file)).toEqual({
      code: exitCodes.someRefused,
      out: [
        'line 1  {"course":"MATH 210"}',
        '  MATH 210',
        'line 3  cannot be read: "Permission of instructor". Permission is no requirement: set the consent of the course to "instructor", so that it takes a permit.',
        'line 4  null',
        '  asks for nothing',
        '2 of 3 texts read (66.7 %), 1 of them asks for nothing; 1 cannot be read.\n',
      ].join('\n'),
      err: '',
    });
  });

  it('takes JSON objects, of which some have no text', async () => {
    const lines = [
      { crn: '1', prereqText: 'MATH 210' },
      { crn: '2', prereqText: null },
      { crn: '3' },
      { crn: '4', prereqText: ['MATH 210'] },
    ];
    const file = await fileOf(
      'texts.ndjson',
      `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"x":\n`,
    );
    const ran = await parse('--file', file, '--json');
    expect(ran.code).toBe(exitCodes.someRefused);
    expect(JSON.parse(ran.out)).toMatchObject({
      file,
      texts: 3,
      read: 1,
      none: 0,
      unread: 2,
      results: [
        { line: 1, text: 'MATH 210', read: true, requirement: { course: 'MATH 210' }, words: 'MATH 210' },
        {
          line: 4,
          text: null,
          read: false,
          part: '["MATH 210"]',
          reason: 'The field prereqText holds no text.',
        },
        { line: 5, text: null, read: false, reason: 'This line begins like JSON and is none.' },
      ],
    });
  });

  it('takes the field that is named', async () => {
    const file = await fileOf('own.ndjson', '{"text":"MATH 210","vorher":"MATH 215"}\n');
    expect(JSON.parse((await parse('--json', '--file', file, '--field', 'vorher')).out)).toMatchObject({
      results: [{ text: 'MATH 215' }],
    });
    expect(JSON.parse((await parse('--json', '--file', file)).out)).toMatchObject({
      results: [{ text: 'MATH 210' }],
    });
  });

  it.each<[string, string | Uint8Array | undefined, string]>([
    ['none.txt', undefined, 'cannot be read: ENOENT.'],
    ['empty.txt', '\n\n', 'has no texts.'],
    ['fields.ndjson', '{"x":"MATH 210"}', 'has no texts. JSON objects have them in prereqText or text'],
    ['whole.json', '[\n{"text":"MATH 210"}\n]', 'is one JSON document.'],
    ['latin1.txt', new Uint8Array([0x4d, 0xfc]), 'is not UTF-8.'],
  ])('of %s is wrong use where it has none', async (name, content, words) => {
    const file = content === undefined ? join(folder, name) : await fileOf(name, content);
    const ran = await parse('--file', file);
    expect(ran).toMatchObject({ code: exitCodes.usage, out: '' });
    expect(ran.err).toContain(words);
  });

  const semester = sharedFile('catalogues/rpi-fall-2024.registrar.ndjson');
  it.skipIf(!semester.isThere)('reads two thirds of a real semester', async () => {
    const { code, out } = await parse('--file', semester.path);
    expect(code).toBe(exitCodes.someRefused);
    expect(out).toMatch(
      /\n6\d\d of 960 texts read \(6\d\.\d %\), 47 of them ask for nothing; \d+ cannot be read\.\n$/,
    );
  });
});
