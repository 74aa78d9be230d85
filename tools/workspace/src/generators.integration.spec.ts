import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ScratchWorkspace } from './testing/scratch-workspace.ts';

const minutes = 60_000;
let scratch: ScratchWorkspace;

const generate = (generator: string, ...args: string[]): Promise<string> =>
  scratch.runProgram('npx', 'nx', 'g', `@registrar/generators:${generator}`, ...args);

const read = (path: string): Promise<string> => readFile(join(scratch.directory, path), 'utf8');

describe('a generated service', () => {
  beforeAll(async () => {
    scratch = await ScratchWorkspace.make();
    await generate('service', 'advising', '--skipInstall');
    await generate('event', 'appointment', '--change=booked', '--service=advising', '--skipInstall');
    await generate(
      'event',
      'advice',
      '--change=given',
      '--service=courses',
      '--consumer=advising',
      '--skipInstall',
    );
    await generate('table', 'office-hours', '--service=advising');
    await scratch.linkProjects();
  }, 3 * minutes);

  afterAll(() => scratch?.remove());

  it('is in the stack, in compose, in every deployment, watched, and among what affects the tests of the system', async () => {
    const compose = parse(await read('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { build: { args: unknown } }>;
    };
    expect(compose.services['advising']).toMatchObject({ build: { args: { APP: 'advising' } } });
    expect(await read('tools/observability/prometheus/prometheus.yml')).toContain(', advising:9464]');
    expect(await read('tools/stack/src/system/app-names.ts')).toContain("'notifications', 'advising'");
    expect((await read('apps/advising/src/main.ts')).split('\n').length).toBeLessThan(20);
    expect(JSON.parse(await read('tools/aws/deployments/production.json'))).toMatchObject({
      services: { advising: { tag: '0.1.0' } },
    });
    expect(JSON.parse(await read('apps/e2e/package.json'))).toMatchObject({
      nx: { implicitDependencies: expect.arrayContaining(['advising']) as unknown },
    });
  });

  it(
    'passes its lint, typecheck, build and tests, and leaves the workspace in order',
    async () => {
      await scratch.runProgram('npx', 'nx', 'sync:check');
      // All at once, so that the tasks below need none of the others.
      await scratch.runProgram('npx', 'tsc', '--build', 'apps/advising', 'libs/contracts/courses');
      const targets = ['-t', 'lint', 'typecheck', 'build', 'test'];
      const how = [
        '-p',
        'advising,contracts-advising',
        '--exclude-task-dependencies',
        '--output-style=static',
      ];
      const output = await scratch.runProgram('npx', 'nx', 'run-many', ...targets, ...how);
      expect(output).toMatch(/Successfully ran targets .* for 2 projects/);
      const written = [
        'apps/advising',
        'libs/contracts',
        'tools/stack',
        'tools/aws',
        'docker-compose.yml',
        'eslint.config.mjs',
        'tools/observability/prometheus',
        'tsconfig.json',
      ];
      await scratch.runProgram('npx', 'prettier', '--check', ...written);
    },
    3 * minutes,
  );

  it(
    'hears events, keeps them and answers, on real parts',
    async () => {
      const output = await scratch.runProgram('npm', 'run', 'integration', '-w', '@registrar/advising');
      expect(output).toMatch(/Test Files\s+4 passed/);
    },
    3 * minutes,
  );
});
