import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChainCheck, chainLine, chainStart } from './hash-chain.rules.ts';

/** An export of these records. */
function exported(records: readonly object[]): string[] {
  let before = chainStart;
  return [...records, { end: { records: records.length } }].map((record) => {
    const { line, hash } = chainLine(before, record);
    before = hash;
    return line;
  });
}

function check(lines: readonly string[]) {
  const found = new ChainCheck();
  for (const line of lines) found.addLine(line);
  return found.verdict();
}

const record = fc.record({
  at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  action: fc.string(),
  after: fc.option(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()))),
});
const records = fc.array(record, { minLength: 1, maxLength: 6 });

describe('a chain of lines', () => {
  it('is whole as it was exported, and each line is JSON', () => {
    fc.assert(
      fc.property(records, (all) => {
        const lines = exported(all);
        expect(check(lines)).toMatchObject({ isWhole: true, records: all.length });
        expect(lines.slice(0, -1).map((line) => omitHash(JSON.parse(line) as object))).toEqual(
          JSON.parse(JSON.stringify(all)),
        );
      }),
    );
  });

  it('tells at which line something was changed, removed, moved or put in', () => {
    fc.assert(
      fc.property(records, fc.nat(), (all, pick) => {
        const lines = exported(all);
        const at = pick % all.length;
        const changed = lines.with(at, lines[at]?.replace('"action":"', '"action":"x') ?? '');
        expect(check(changed)).toMatchObject({ isWhole: false, line: at + 1 });
        expect(check(lines.toSpliced(at, 1))).toMatchObject({ isWhole: false, line: at + 1 });
        expect(check(lines.toSpliced(at, 0, lines[at] ?? ''))).toMatchObject({ isWhole: false });
      }),
    );
  });

  it('tells that the end is cut off, that something follows it, and what is no line', () => {
    const lines = exported([{ action: 'login' }]);
    expect(check(lines.slice(0, 1))).toMatchObject({ isWhole: false, line: 2 });
    expect(check([...lines, lines[0] ?? ''])).toMatchObject({ isWhole: false, line: 3 });
    for (const line of ['', '{}', '{"action":"login"}', 'hash'])
      expect(check([line])).toMatchObject({ line: 1 });
    expect(check([])).toMatchObject({ isWhole: false, line: 1 });
  });

  it('is another one where one record is another', () => {
    const [one, other] = [exported([{ action: 'login' }]), exported([{ action: 'logout' }])];
    expect(check(one)).not.toEqual(check(other));
  });
});

function omitHash(line: object): object {
  const { hash: _, ...rest } = line as { hash: string };
  return rest;
}
