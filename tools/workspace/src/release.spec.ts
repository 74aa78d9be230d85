import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScratchWorkspace } from './testing/scratch-workspace.ts';

const apps = ['courses', 'enrollments', 'gateway', 'notifications'];
let scratch: ScratchWorkspace;

async function git(...args: string[]): Promise<void> {
  await scratch.runProgram('git', '-c', 'user.name=Test', '-c', 'user.email=test@registrar.example', ...args);
}

/** Commits a change of `file`. */
async function commit(file: string, message: string): Promise<void> {
  await appendFile(join(scratch.directory, file), '\n');
  await git('commit', '--quiet', '--no-verify', '-am', message);
}

/** What a release would do now: the new version of each service that gets one, and its output. */
async function release(): Promise<{ versions: Record<string, string>; output: string }> {
  const output = await scratch.runProgram('npm', 'run', '--silent', 'release', '--', '--dry-run');
  const versions = output.matchAll(/New version (\S+) written to manifest: apps\/(\S+)\/package\.json/g);
  return { versions: Object.fromEntries([...versions].map(([, version, app]) => [app, version])), output };
}

describe('a release', () => {
  beforeAll(async () => {
    scratch = await ScratchWorkspace.make();
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '--all');
    await git('commit', '--quiet', '--no-verify', '-m', 'chore: begin');
    for (const app of apps) await git('tag', `${app}@0.1.0`);
  });

  afterAll(() => scratch?.remove());

  it('gives a service with a feature a minor version and a changelog, and the others nothing', async () => {
    await commit('apps/courses/src/main.ts', 'feat(courses): courses are cross-listed');
    const { versions, output } = await release();
    expect(versions).toEqual({ courses: '0.2.0' });
    expect(output).toContain('apps/courses/CHANGELOG.md for courses@0.2.0');
    expect(output).toMatch(/\+ - \*\*courses:\*\* courses are cross-listed/);
  });

  it('gives a breaking change a major version, and services built with a changed library a patch', async () => {
    await commit('apps/notifications/src/main.ts', 'feat(notifications)!: the inbox is paged by day');
    await commit('libs/cache/src/index.ts', 'fix(cache): a tombstone outlives its entry');
    expect((await release()).versions).toEqual({
      courses: '0.2.0',
      enrollments: '0.1.1',
      gateway: '0.1.1',
      notifications: '1.0.0',
    });
  });
});
