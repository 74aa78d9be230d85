import { describe, expect, it } from 'vitest';
import { refuseStale, requireMatch } from './if-match.rules.ts';

type Check = typeof requireMatch;

function outcome(check: Check, header: string | undefined, version = 3): string {
  try {
    check(header, { thing: 'course', version });
    return 'fits';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('If-Match', () => {
  it.each([
    ['"3"', 'fits'],
    ['"3.x7Kq"', 'fits'],
    ['"3.x7Kq-br"', 'fits'],
    ['W/"3.x7Kq"', 'fits'],
    ['*', 'fits'],
    ['"2", "3.other"', 'fits'],
    ['"2.a,b", W/"3"', 'fits'],
    ['"2"', 'version_conflict'],
    ['"33"', 'version_conflict'],
    ['"x3"', 'version_conflict'],
    ['"-3"', 'version_conflict'],
    ['3', 'version_conflict'],
    ['"3', 'version_conflict'],
  ])('%s of version 3: %s', (header, expected) => {
    expect(outcome(requireMatch, header)).toBe(expected);
    expect(outcome(refuseStale, header)).toBe(expected);
  });

  it.each([
    ['', 'precondition_required', 'version_conflict'],
    [undefined, 'precondition_required', 'fits'],
  ])('%s: %s where it is required, %s where it is not', (header, required, optional) => {
    expect(outcome(requireMatch, header)).toBe(required);
    expect(outcome(refuseStale, header)).toBe(optional);
  });

  it.each(['*', '"0"', '"0.x7Kq"', '"1"'])('%s fits nothing that is not there', (header) => {
    expect(outcome(refuseStale, header, 0)).toBe('version_conflict');
  });

  it.each([
    ['*', 'fits'],
    ['"0"', 'fits'],
    ['"0.x7Kq"', 'fits'],
    ['"1"', 'version_conflict'],
  ])('%s of what reads as an empty one where there is none: %s', (header, expected) => {
    const check: Check = (tag, current) => refuseStale(tag, { ...current, isNeverMissing: true });
    expect(outcome(check, header, 0)).toBe(expected);
  });
});
