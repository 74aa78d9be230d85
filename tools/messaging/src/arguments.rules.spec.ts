import { describe, expect, it } from 'vitest';
import { readCommand, UsageError } from './arguments.rules.ts';

const read = (line: string) => readCommand(line.split(' '));

describe('the command line', () => {
  it('names a command and its options', () => {
    expect(read('dlq list --topic courses.course.v1')).toEqual({
      name: 'dlq list',
      topic: 'courses.course.v1',
      limit: 100,
      json: false,
    });
    expect(read('dlq list --topic a.b --limit 5 --json')).toMatchObject({ limit: 5, json: true });
    expect(read('topics create')).toEqual({ name: 'topics create', replication: 1 });
    expect(read('topics create --replication 2')).toMatchObject({ replication: 2 });
    expect(read('dlq replay --topic a.b')).toEqual({ name: 'dlq replay', topic: 'a.b' });
    expect(read('rebuild --service enrollments --projection offerings')).toEqual({
      name: 'rebuild',
      service: 'enrollments',
      projection: 'offerings',
    });
  });

  it.each([
    '',
    'dlq',
    'dlq drop --topic a',
    'constructor',
    'dlq list',
    'dlq list --topic ../etc',
    'dlq list --topic a --limit 0',
    'dlq list --topic a --limit many',
    'dlq replay --topic a --json',
    'rebuild --service enrollments',
    'rebuild --service ../../x --projection offerings',
    'dlq list --what',
  ])('is refused when it is "%s"', (line) => {
    expect(() => read(line)).toThrow(UsageError);
  });

  it('tells every fault at once', () => {
    expect(() => read('rebuild')).toThrow(/service[\s\S]*projection/);
  });
});
