import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** The projects that a change of `file` affects, as `nx affected` takes them. */
async function affectedBy(file: string): Promise<string[]> {
  const env = { ...process.env, NX_DAEMON: 'false' };
  const { stdout } = await run('nx', ['show', 'projects', '--affected', `--files=${file}`, '--json'], {
    cwd: root,
    env,
  });
  return (JSON.parse(stdout) as string[]).sort();
}

const apps = ['courses', 'enrollments', 'gateway', 'notifications'];

/** What is made of all services: their end-to-end tests, the proof that runs them, their deployment. */
const systems = ['aws', 'e2e', 'prove'];

describe('a change', () => {
  it.each(apps)(
    'in %s affects it and its end-to-end tests, no other service and no library',
    async (app) => {
      const affected = await affectedBy(`apps/${app}/src/main.ts`);
      expect(affected).toEqual(expect.arrayContaining([app, 'e2e']));
      expect(affected.filter((name) => !systems.includes(name))).toEqual([app]);
    },
    60_000,
  );

  it('in the cache library affects all who use it', async () => {
    expect(await affectedBy('libs/cache/src/index.ts')).toEqual(
      expect.arrayContaining(['cache', 'courses', 'enrollments', 'gateway', 'notifications', 'e2e']),
    );
  }, 60_000);

  it('in a contract affects its service and those who rely on it', async () => {
    const affected = await affectedBy('libs/contracts/courses/src/events.ts');
    expect(affected).toEqual(
      expect.arrayContaining(['contracts-courses', 'courses', 'enrollments', 'gateway']),
    );
    expect(affected).not.toContain('cache');
  }, 60_000);

  it('in a document affects nothing', async () => {
    expect(await affectedBy('docs/decisions/README.md')).toEqual([]);
  }, 60_000);
});
