import type { UsersRepository } from '@registrar/users-projection';
import { expect, it } from 'vitest';
import { InstructorNames } from './instructor-names.ts';

const taughtBy = (...instructorIds: string[]) => ({ instructorIds });

it('reads each id once at a time, however many pages that share it ask', async () => {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const byIds = (ids: readonly string[]) => {
    asked.push(...ids);
    const found = new Map(ids.map((id) => [id, { name: `Name of ${id}` }]));
    return new Promise((resolve) => answers.push(() => resolve(found)));
  };
  const names = new InstructorNames({ byIds } as unknown as UsersRepository);
  const pages = [taughtBy('a', 'b'), taughtBy('b', 'c'), taughtBy('a', 'c')];
  const ready = pages.map((page) => names.ensure([page]));
  expect(asked).toEqual(['a', 'b', 'c']);
  for (const answer of answers) answer();
  await Promise.all(ready);
  expect(names.of(taughtBy('c', 'a')).map(({ name }) => name)).toEqual(['Name of c', 'Name of a']);
  await names.ensure(pages);
  expect(asked).toHaveLength(3);
});
