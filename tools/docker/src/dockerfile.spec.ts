import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectorFlags, heapFlags } from '@registrar/stack';
import { expect, it } from 'vitest';
import { workspaceRoot } from './workspace.ts';

const dockerfile = readFileSync(join(workspaceRoot, 'tools/docker/Dockerfile'), 'utf8');

it('starts an app with the flags that it has in the local stack', () => {
  expect(/NODE_OPTIONS="(.*)"/.exec(dockerfile)?.[1]).toBe(heapFlags.join(' '));
  const start = ['node', ...collectorFlags, 'main.js'].map((word) => `"${word}"`);
  expect(dockerfile.trimEnd().split('\n').at(-1)).toBe(`CMD [${start.join(', ')}]`);
});
