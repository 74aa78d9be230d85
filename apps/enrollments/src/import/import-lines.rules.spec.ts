import { maxImportLines } from '@registrar/contracts-enrollments';
import { Problem } from '@registrar/service';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImport } from './import-lines.rules.ts';

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
  ])('is read %s', (_, text) => {
    expect(read(text)).toEqual({ wanted: [{ line: 2, ...ada }], invalid: [] });
  });

  it('counts lines as an editor does, empty ones too', () => {
    const { wanted, invalid } = read(
      'email,courseId\r\n\r\n  \r\nada@registrar.example,crs_a\r\n\r\nnonsense\r\n',
    );
    expect(wanted).toEqual([{ line: 4, ...ada }]);
    expect(invalid).toEqual([{ line: 6, detail: 'This line has 1 column, not email,courseId.' }]);
  });

  it.each([
    '"ada@registrar.example,crs_a',
    'ada"@registrar.example,crs_a',
    '"ada@registrar.example"x,crs_a',
    'ada@registrar.example;crs_a',
    'ada@registrar.example,crs_a,more',
    'ada@registrar.example,',
    ',crs_a',
    ',',
    'ada@@registrar.example,crs_a',
    'ada@registrar.example,crs a',
    'ada@registrar.example,crs_\u0000',
    'ad\uFFFD@registrar.example,crs_a',
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
    'courseId,email',
    'email,courseId,x',
    'email;courseId',
    'Email,CourseId',
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

  it('gives every filled line exactly one verdict, whatever is in it', () => {
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
        const { wanted, invalid } = read(`email,courseId\n${text}`);
        const expected = text.split(/\r\n|\n|\r/).flatMap((line, at) => (line.trim() === '' ? [] : [at + 2]));
        expect([...wanted, ...invalid].map(({ line }) => line).sort((a, b) => a - b)).toEqual(expected);
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
    const course = fc.stringMatching(/^[!-~]{1,30}$/);
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
