import { expect, it } from 'vitest';
import { SealingKey } from './sealing-key.ts';

const secret = 'a secret of the tests that is long enough';
const key = new SealingKey(secret, 'one');

it('what is sealed is opened by the same secret, purpose and bound text alone', () => {
  const box = key.seal('text', 'bound');
  expect(box).not.toContain('text');
  expect(new SealingKey(secret, 'one').open(box, 'bound')).toBe('text');
  expect(key.open(box, 'other')).toBeUndefined();
  expect(new SealingKey(secret, 'two').open(box, 'bound')).toBeUndefined();
  expect(new SealingKey(`${secret}!`, 'one').open(box, 'bound')).toBeUndefined();
});

it('nothing else is opened', () => {
  const box = key.seal('text', 'bound');
  for (const other of [
    '',
    'a',
    box.slice(0, -4),
    box.slice(0, 30),
    `A${box.slice(1)}`,
    `${box.slice(0, -5)}AAAAA`,
  ])
    expect(key.open(other, 'bound')).toBeUndefined();
});
