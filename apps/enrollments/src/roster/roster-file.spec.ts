import { gunzipSync } from 'node:zlib';
import { buffer, text } from 'node:stream/consumers';
import type { RosterEntry } from '@registrar/contracts-enrollments';
import { parse } from 'csv-parse/sync';
import { StreamableFile } from '@nestjs/common';
import { encodedFile } from '@registrar/endpoint';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enrollmentLines } from '../import/import-lines.rules.ts';
import { readLines } from '../record-import/read-lines.ts';
import { begun, fileName, rosterFile } from './roster-file.ts';

const ada: RosterEntry = {
  id: 'enr_a_b',
  userId: 'usr_b',
  courseId: 'crs_a',
  semesterId: 'fall',
  courseCode: 'MATH-101',
  courseTitle: 'Linear algebra',
  credits: 3,
  status: 'enrolled',
  waitlistPosition: null,
  grade: null,
  reservation: null,
  dropOnPromotion: null,
  enrolledAt: '2027-01-01T00:00:00.000Z',
  updatedAt: '2027-01-01T00:00:00.000Z',
  version: 1,
  userName: 'Ada Moss',
  userEmail: 'ada@registrar.example',
};

async function* of(...entries: RosterEntry[]): AsyncGenerator<RosterEntry[]> {
  yield await Promise.resolve(entries);
}

describe('the file of a roster', () => {
  it('has a byte order mark, a header, and CRLF', async () => {
    expect(await text(rosterFile(of(ada)))).toBe(
      'userName,userEmail,status,waitlistPosition,enrolledAt,updatedAt,courseCode,courseTitle,credits,grade,semesterId,userId,courseId,id\r\n' +
        'Ada Moss,ada@registrar.example,enrolled,,2027-01-01T00:00:00.000Z,2027-01-01T00:00:00.000Z,' +
        'MATH-101,Linear algebra,3,,fall,usr_b,crs_a,enr_a_b\r\n',
    );
    const bytes = await buffer(rosterFile(of({ ...ada, userName: 'Zoë' })));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.includes(Buffer.from('Zoë,'))).toBe(true);
  });

  it('is a header alone for nobody', async () => {
    expect((await text(rosterFile(of()))).split('\r\n')).toHaveLength(2);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠x'])(
    'lets no spreadsheet run %j',
    async (userName) => {
      const file = await buffer(rosterFile(of({ ...ada, userName })));
      const [line] = parse<{ userName: string }>(file, { bom: true, columns: true });
      expect(line?.userName).toBe(`'${userName}`);
    },
  );

  it('quotes what a spreadsheet that splits at semicolons would take for a cell of its own', async () => {
    expect(await text(rosterFile(of({ ...ada, userName: 'Ada;=1+1' })))).toContain('\r\n"Ada;=1+1",');
  });

  it('gives back every name as it is, and no cell that begins like a formula', async () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(name, async (userName) => {
        const file = await buffer(rosterFile(of({ ...ada, userName })));
        const [line] = parse<Record<string, string>>(file, { bom: true, columns: true });
        expect(line?.['userName']?.replace(/^'(?=[=+\-@\t\r＝＋－＠])/u, '')).toBe(userName);
        for (const cell of Object.values(line ?? {})) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/u);
      }),
    );
  });

  it('can be imported as it is: its columns and its marks are understood', async () => {
    const entries = ['ada@registrar.example', '+ada@registrar.example', '-m&e@registrar.example'].map(
      (userEmail) => ({ ...ada, userEmail, courseCode: 'M&E 101; "A"', userName: 'Moss,\nAda' }),
    );
    const { lines, refused } = readLines(await buffer(rosterFile(of(...entries))), enrollmentLines);
    expect(refused).toEqual([]);
    expect(lines.map(({ person }) => person.email)).toEqual(entries.map(({ userEmail }) => userEmail));
    expect(lines.map(({ line }) => line)).toEqual([2, 4, 6]);
  });

  it('is packed as the client takes it', async () => {
    const { file, encoding } = encodedFile(new StreamableFile(rosterFile(of(ada))), 'gzip');
    expect(encoding).toBe('gzip');
    expect(gunzipSync(await buffer(file.getStream())).toString()).toContain('Ada Moss,');
    expect(encodedFile(new StreamableFile(rosterFile(of(ada))), '').encoding).toBe('identity');
  });

  it('fails for its reader where a later part cannot be read, and before it begins where the first cannot', async () => {
    async function* breaks(): AsyncGenerator<RosterEntry[]> {
      yield await Promise.resolve([ada]);
      throw new Error('the store is away');
    }
    const later = encodedFile(new StreamableFile(rosterFile(await begun(breaks()))), 'br').file;
    await expect(buffer(later.getStream())).rejects.toThrow('the store is away');
    const failing = breaks();
    await failing.next();
    await expect(begun(failing)).rejects.toThrow('the store is away');
  });

  it('has a name that is safe in a header and on a disk', () => {
    expect(fileName('CS 101', '1')).toBe('attachment; filename="roster-CS_101-1.csv"');
    expect(fileName('M&E 101', 'A/B')).toBe('attachment; filename="roster-M_E_101-A_B.csv"');
    expect(fileName('../"x\r\n', 'ü')).toBe('attachment; filename="roster-.._x_-_.csv"');
  });
});
