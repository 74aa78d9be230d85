import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { isPortFree, pickPorts } from './ports.ts';

it('takes the wished port when it is free, another when it is not, and never one twice', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port: taken } = server.address() as { port: number };
  expect(await isPortFree(taken)).toBe(false);
  const { free } = await pickPorts({ free: 0 });
  expect(await isPortFree(free)).toBe(true);
  const picked = await pickPorts({ wished: free, same: free, busy: taken });
  expect(picked.wished).toBe(free);
  expect(new Set([...Object.values(picked), taken]).size).toBe(4);
});

it('picks ports that no outgoing connection is given in the meantime', async () => {
  const { first, second } = await pickPorts({ first: 0, second: 0 });
  expect(Math.max(first, second)).toBeLessThan(32_768);
});
