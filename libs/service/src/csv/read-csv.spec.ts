import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvFault } from './csv-fault.ts';
import { readCsv } from './read-csv.ts';

const columns = { names: ['email', 'courseId'], aliases: { userEmail: 'email' } } as const;
const read = (text: string | Uint8Array) =>
  readCsv(typeof text === 'string' ? Buffer.from(text) : text, columns);
const ada = { email: 'ada@registrar.example', courseId: 'crs_a' };

describe('a CSV file', () => {
  it.each([
    ['plain', 'email,courseId\nada@registrar.example,crs_a\n'],
    ['without a last line end', 'email,courseId\nada@registrar.example,crs_a'],
    ['with a byte order mark and CRLF', '\uFEFFemail,courseId\r\nada@registrar.example,crs_a\r\n'],
    ['with CR alone', 'email,courseId\rada@registrar.example,crs_a\r'],
    ['quoted', '"email","courseId"\n"ada@registrar.example","crs_a"\n'],
    ['with semicolons', 'email;courseId\nada@registrar.example;crs_a\n'],
    ['with tabs', 'email\tcourseId\nada@registrar.example\tcrs_a\n'],
    ['with tabs and empty cells', 'x\temail\tcourseId\n\tada@registrar.example\tcrs_a\n'],
    ['with columns in another order and case', 'COURSEID;Email\ncrs_a;ada@registrar.example\n'],
    ['with columns that are not known', 'x,email,y z,courseId\n1,ada@registrar.example,"a,b",crs_a\n'],
    ['with the names of an own export', 'userName,userEmail,courseId\nAda,ada@registrar.example,crs_a\n'],
    ['with both names', 'userEmail,email,courseId\nx@y.example,ada@registrar.example,crs_a\n'],
    ['with space around cells', ' email , courseId \n ada@registrar.example ,\tcrs_a \n'],
    ['with space around quotes', ' "email" , "courseId"\n "ada@registrar.example" ,"crs_a" \n'],
    ['with Unicode space', '\u00a0email\u3000,courseId\n\u2007ada@registrar.example\u0085,\u200acrs_a\n'],
    ['with cells left over that are empty', 'email,courseId\nada@registrar.example,crs_a,, \n'],
    ['without the last cells that nobody reads', 'email,courseId,x,y\nada@registrar.example,crs_a\n'],
  ])('is read %s', (_, text) => expect(read(text)).toEqual([{ line: 2, cells: ada }]));

  it('leaves rows without any content out, and says where the others begin', () => {
    const text = '\n,\nemail,courseId\r\n,\r\n,,\r\n\r\n  \r\n"", "" \nada@registrar.example,crs_a\n\nx,y\n';
    expect(read(text)).toEqual([
      { line: 9, cells: ada },
      { line: 11, cells: { email: 'x', courseId: 'y' } },
    ]);
  });

  it('takes line breaks, separators and quotes within quotes', () => {
    const text = 'note,email,courseId\r\n"a ""b"",\r\n c\nd",ada@registrar.example,crs_a\r\n,x,"y\nz"\n1,2,3';
    expect(read(text)).toEqual([
      { line: 2, cells: ada },
      { line: 5, cells: { email: 'x', courseId: 'y\nz' } },
      { line: 7, cells: { email: '2', courseId: '3' } },
    ]);
  });

  it('takes the mark away with which an export keeps spreadsheets from running a cell', () => {
    const text = "email,courseId\n'+ada@registrar.example,'=crs_a\n'ada@registrar.example,crs_a\n";
    expect(read(text).map((row) => 'cells' in row && row.cells)).toEqual([
      { email: '+ada@registrar.example', courseId: '=crs_a' },
      { email: "'ada@registrar.example", courseId: 'crs_a' },
    ]);
  });

  it.each([
    '"ada@registrar.example,crs_a',
    'ada"@registrar.example,crs_a',
    '"ada@registrar.example"x,crs_a',
    '"a""b,c',
    'a,b,c',
    'a',
  ])('says that the line %j cannot be read, and reads the others', (line) => {
    expect(read(`email,courseId\n${line}\nada@registrar.example,crs_a\n`)).toEqual([
      { line: 2, fault: expect.stringMatching(/quotes|columns?/) as string },
      { line: 3, cells: ada },
    ]);
  });

  it.each([
    ['', 'header', 'The column email is missing', 'a comma'],
    ['mail;course', 'header', 'The column email is missing', 'a semicolon'],
    ['email\tcourse\tx', 'header', 'The column courseId is missing', 'a tab'],
    ['"email,courseId"', 'header', 'The column email is missing', 'a comma'],
    ['"email,courseId', 'header', 'The column email is missing', 'a comma'],
    ['email,courseId,EMAIL', 'header', 'The column email is there more than once', 'a comma'],
  ])('is refused with the header %j', (header, path, words, separator) => {
    expect(() => read(`${header}\nada@registrar.example,crs_a\n`)).toThrow(
      expect.objectContaining({ path, message: expect.stringContaining(words) as string }) as CsvFault,
    );
    expect(() => read(`${header}\nx\n`)).toThrow(separator);
  });

  it.each([
    ['Latin-1', Buffer.from('email,courseId\nzo\u00eb@x.example,a\n', 'latin1')],
    ['UTF-16', Buffer.from('\uFEFFemail,courseId\n', 'utf16le')],
    ['a spreadsheet', Buffer.from([0x50, 0x4b, 3, 4, 0xff])],
  ])('is refused as %s', (_, bytes) => {
    expect(() => read(bytes)).toThrow(
      expect.objectContaining({
        path: 'file',
        message: expect.stringContaining('UTF-8') as string,
      }) as CsvFault,
    );
  });

  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '\n', '\r\n', ' ', '=') });

  it('is read as it was written, whatever is in its cells and whatever separates them', () => {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const space = /^\s+|\s+$/g;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { maxLength: 8 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, separator, lineEnd) => {
          const text = [['email', 'courseId'], ...rows]
            .map((row) => row.map(quoted).join(separator) + lineEnd)
            .join('');
          const expected = rows
            .map((row) => row.map((each) => each.replaceAll(space, '')))
            .filter(([email, courseId]) => email !== '' || courseId !== '')
            .map(([email, courseId]) => ({ email, courseId }));
          expect(read(text).map((row) => 'cells' in row && row.cells)).toEqual(expected);
        },
      ),
    );
  });

  const garbage = fc.oneof(
    fc
      .array(fc.constantFrom('"', '""', ',', ';', '\t', '\n', '\r\n', '\r', ' ', 'a', '\u0000', '\uFEFF'), {
        maxLength: 60,
      })
      .map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );

  it('has each row once, in order, on a line that there is, whatever is in it', () => {
    fc.assert(
      fc.property(garbage, fc.constantFrom(',', ';', '\t'), (text, separator) => {
        const whole = `email${separator}courseId\n${text.toWellFormed()}`;
        const lines = whole.split(/\r\n|\n|\r/);
        const found = read(whole).map(({ line }) => line);
        expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
        for (const line of found) expect(lines[line - 1]).toMatch(/\S/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never fails otherwise than by a fault of the file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, withHeader) => {
        try {
          read(withHeader ? Buffer.concat([Buffer.from('email,courseId\n'), bytes]) : bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(CsvFault);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of stray quotes alone is read in a time that grows with its length', () => {
    const text = `email,courseId\n${'"a\n'.repeat(50_000)}`;
    expect(read(text)).toHaveLength(50_000);
    expect(read(`email,courseId\n"""\n${'""\n'.repeat(50_000)}`)).toHaveLength(1);
  });

  it('with a long run of space within a cell takes about as long as with one of letters', () => {
    const length = 500_000;
    const timeOf = (filling: string) => {
      const begun = performance.now();
      expect(read(`email,courseId\na${filling.repeat(length)}b,crs_a\n`)).toHaveLength(1);
      return performance.now() - begun;
    };
    const letters = timeOf('x');
    for (const space of [' ', '\u0085', '\u3000']) expect(timeOf(space)).toBeLessThan(letters * 20 + 2_000);
  });

  it('loses the space at both ends of cells that a pattern takes for space, and no other character', () => {
    const pattern = /^[\s\x85]+|[\s\x85]+$/g;
    const unit = fc.constantFrom('a', ' ', '\t', '\u0085', '\uFEFF', '\u00a0', '\u3000', '\u200b', '\u180e');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
        const [row] = read(`email,courseId\nx@y.example,"${text}"\n`);
        expect(row).toEqual({
          line: 2,
          cells: { email: 'x@y.example', courseId: text.replace(pattern, '') },
        });
      }),
    );
  });
});
