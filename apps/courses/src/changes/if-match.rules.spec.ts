import { describe, expect, it } from 'vitest';
import { requireMatch } from './if-match.rules.ts';

function outcome(header: string | undefined): string {
  try {
    requireMatch(header, 3);
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
    ['', 'precondition_required'],
    [undefined, 'precondition_required'],
  ])('%s of version 3: %s', (header, expected) => expect(outcome(header)).toBe(expected));
});
