import { expect, it } from 'vitest';
import { proveSmall } from './testing/prove-small.ts';

it('a small proof finds nothing wrong while instances are killed and Redis comes and goes', async () => {
  const { violations, report } = await proveSmall('prove', ['--seed', '2027']);
  expect(violations, report).toBe(0);
});
