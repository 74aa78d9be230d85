import { maxImportLines } from '@registrar/contracts-enrollments';
import { Problem } from '@registrar/service';
import { readCsv } from '@registrar/service/csv';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../record-import/read-lines.ts';
import { enrollmentLines } from './import-lines.rules.ts';

/** The lines as wanted and invalid ones. */
function readImport(file: Uint8Array) {
  const { lines, refused } = readLines(file, enrollmentLines);
  return {
    wanted: lines.map(({ line, person, fields }) => ({ line, email: person.email, ...fields })),
    invalid: refused.map(({ line, detail }) => ({ line, detail })),
  };
}

const read = (text: string) => readImport(Buffer.from(text));
const ada = { email: 'ada@registrar.example', courseId: 'crs_a' };

describe('the file of an import', () => {
  it.each([
    ['plain', 'email,courseId\nada@registrar.example,crs_a\n'],
    ['without a last line end', 'email,courseId\nada@registrar.example,crs_a'],
    ['with a byte order mark and CRLF', '\uFEFFemail,courseId\r\nada@registrar.example,crs_a\r\n'],
    ['with CR alone', 'email,courseId\rada@registrar.example,crs_a\r'],
    ['quoted', '"email","courseId"\n"ada@registrar.example","crs_a"\n'],
    ['with space around cells', ' email , courseId \n ada@registrar.example ,\tcrs_a \n'],
    ['in capitals', 'email,courseId\nADA@Registrar.example,crs_a\n'],
    ['with semicolons', 'Email;CourseId\nada@registrar.example;crs_a\n'],
    ['with tabs', 'courseId\temail\ncrs_a\tada@registrar.example\n'],
    ['with other columns', 'x,courseId,email\n"a,b""",crs_a,ada@registrar.example\n'],
    ['as an own roster', 'userName,userEmail,courseId\nAda,ada@registrar.example,crs_a\n'],
  ])('is read %s', (_, text) => {
    expect(read(text)).toEqual({ wanted: [{ line: 2, ...ada }], invalid: [] });
  });

  it('counts lines as an editor does, those without content too', () => {
    const { wanted, invalid } = read(
      'email,courseId\r\n,\r\n,, \r\nada@registrar.example,crs_a\r\n\r\nnonsense\r\n',
    );
    expect(wanted).toEqual([{ line: 4, ...ada }]);
    expect(invalid).toEqual([{ line: 6, detail: 'This line has 1 column, not 2 as the first one.' }]);
  });

  it.each([
    ['3', 3],
    ['1.5', 1.5],
    [' 0.25 ', 0.25],
    ['', undefined],
  ])('has %j credits', (cell, credits) => {
    const { wanted, invalid } = read(`email,CREDITS,courseId\nada@registrar.example,"${cell}",crs_a\n`);
    expect(wanted).toEqual([{ line: 2, ...ada, credits }]);
    expect(invalid).toEqual([]);
  });

  it.each(['three', '1,5', '1.1', '-1', '31', '1e1', '0x1', '٣', '=1+1'])('has not %j credits', (cell) => {
    const { wanted, invalid } = read(
      `email,courseId,credits\nada@registrar.example,crs_a,"${cell}"\nada@registrar.example,crs_a,\n`,
    );
    expect(invalid).toEqual([
      {
        line: 2,
        detail: expect.stringMatching(/^credits: .*(number|quarter|most|multiple|small|big|<=)/i) as string,
      },
    ]);
    expect(wanted).toEqual([{ line: 3, ...ada }]);
  });

  it.each([
    '"ada@registrar.example,crs_a',
    'ada"@registrar.example,crs_a',
    '"ada@registrar.example"x,crs_a',
    'ada@registrar.example;crs_a',
    'ada@registrar.example,crs_a,more',
    'ada@registrar.example,',
    ',crs_a',
    'ada@@registrar.example,crs_a',
    'ada@registrar.example,crs a',
    'ada@registrar.example,crs_\u0000',
    'ad\uFFFD@registrar.example,crs_a',
    'ada@localhost,crs_a',
    `${'a'.repeat(300)}@registrar.example,crs_a`,
    `ada@registrar.example,${'x'.repeat(101)}`,
  ])('refuses the line %j, and no other', (line) => {
    const { wanted, invalid } = read(`email,courseId\n${line}\nada@registrar.example,crs_a\n`);
    expect(invalid.map((each) => each.line)).toEqual([2]);
    expect(invalid[0]?.detail).not.toBe('');
    expect(wanted).toEqual([{ line: 3, ...ada }]);
  });

  it.each([
    '',
    '\n',
    'ada@registrar.example,crs_a',
    'mail,course',
    'email',
    'email;course',
    '"email,courseId"',
    '"email',
    '\u0000',
    'PK\u0003\u0004',
  ])('is refused as a whole where the first line is %j', (first) => {
    expect(() => read(`${first}\nada@registrar.example,crs_a\n`)).toThrow(
      expect.objectContaining({ status: 422, code: 'validation_failed' }) as Problem,
    );
  });

  it('has 5,000 lines at most, empty ones and the header apart', () => {
    const lines = (count: number) => `email,courseId\n${'ada@registrar.example,crs_a\n\n'.repeat(count)}`;
    expect(read(lines(maxImportLines)).wanted).toHaveLength(maxImportLines);
    expect(() => read(lines(maxImportLines + 1))).toThrow(
      expect.objectContaining({ status: 422 }) as Problem,
    );
  });

  it('names the column that is missing, and the separator that it took', () => {
    const refused = (text: string | Buffer) => {
      try {
        return readImport(Buffer.from(text));
      } catch (error) {
        return (error as Problem).extras.members?.['errors'];
      }
    };
    expect(refused('email;course\nx;y\n')).toEqual([
      {
        path: 'header',
        code: 'required',
        message:
          'The column courseId is missing: the first line is "email;course". The separator was taken to be a semicolon.',
      },
    ]);
    expect(refused(Buffer.from([0xff, 0xfe]))).toMatchObject([{ path: 'file' }]);
  });

  it('gives every row with content exactly one verdict, in order, whatever is in it', () => {
    const piece = fc.constantFrom(
      '"',
      ',',
      '\n',
      '\r\n',
      '\r',
      ' ',
      'a@registrar.example',
      'crs_a',
      '\u0000',
      '\uFEFF',
      ';',
    );
    const body = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(body, (text) => {
        const file = `email,courseId\n${text.toWellFormed()}`;
        const { wanted, invalid } = read(file);
        const rows = readCsv(Buffer.from(file), { names: ['email', 'courseId'] });
        expect([...wanted, ...invalid].map(({ line }) => line).sort((a, b) => a - b)).toEqual(
          rows.map(({ line }) => line),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('never fails otherwise than by 422, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, withHeader) => {
        const file = withHeader ? Buffer.concat([Buffer.from('email,courseId\n'), bytes]) : bytes;
        try {
          readImport(file);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
          expect(error).toMatchObject({ status: 422 });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is read as a spreadsheet writes it', () => {
    const mail = fc.emailAddress({ size: 'small' }).filter((address) => /^[a-z0-9.@-]+$/i.test(address));
    // A cell that begins so was guarded against formulas by an export, and is read without the guard.
    const course = fc.stringMatching(/^[!-~]{1,30}$/).filter((id) => !/^'[=+\-@]/.test(id));
    fc.assert(
      fc.property(fc.array(fc.tuple(mail, course), { maxLength: 20 }), fc.boolean(), (rows, quoted) => {
        const file = stringify(rows, {
          bom: true,
          header: true,
          columns: ['email', 'courseId'],
          record_delimiter: 'windows',
          quoted,
        });
        const { wanted, invalid } = read(file);
        const mails = invalid.map(({ line }) => rows[line - 2]?.[0]);
        expect(wanted.map(({ courseId }) => courseId)).toEqual(
          rows.filter(([address]) => !mails.includes(address)).map(([, courseId]) => courseId),
        );
      }),
    );
  });
});
