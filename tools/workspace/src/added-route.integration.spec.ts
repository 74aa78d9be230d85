import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScratchWorkspace } from './testing/scratch-workspace.ts';

const minutes = 60_000;
const contract = 'libs/contracts/courses/src/routes.ts';
const controller = 'apps/courses/src/departments/departments.controller.ts';
let scratch: ScratchWorkspace;

/** Puts `text` before the last `end` of a file of the scratch workspace. */
async function insert(path: string, end: string, text: string): Promise<void> {
  const file = join(scratch.directory, path);
  const before = await readFile(file, 'utf8');
  const at = before.lastIndexOf(end);
  if (at < 0) throw new Error(`${path} has no "${end}".`);
  await writeFile(file, before.slice(0, at) + text + before.slice(at));
}

describe('a route that is stated in its contract and has a handler, and nothing else', () => {
  beforeAll(async () => {
    scratch = await ScratchWorkspace.make();
    await insert(
      contract,
      '});',
      `  spellDepartment: {
    ...lists,
    method: 'GET',
    path: '/api/departments/:id/spelling',
    summary: 'How the id of a department is spelt',
    caller: 'public',
    query: z.strictObject({ capitals: z.enum(['yes', 'no']).default('no') }),
    answers: {
      200: {
        description: 'The spelling.',
        schema: z.strictObject({ letters: z.array(z.string()) }),
        example: { letters: ['c', 's'] },
      },
    },
    problems: { 404: ['department_not_found'] },
    examples: { params: { id: examples.department.id } },
  },
`,
    );
    await insert(
      controller,
      '}',
      `
  @Endpoint(routes.spellDepartment)
  spell({ params, query }: Call<typeof routes.spellDepartment>) {
    const id = query.capitals === 'yes' ? params.id.toUpperCase() : params.id;
    return { letters: [...id] };
  }
`,
    );
  }, 2 * minutes);

  afterAll(() => scratch?.remove());

  it(
    'has its types in handlers and clients: what does not fit does not compile',
    async () => {
      await writeFile(
        join(scratch.directory, 'apps/gateway/src/added-client.ts'),
        `import { courseRoutes } from '@registrar/contracts-courses';
import { createClient, fetchFrom } from '@registrar/contracts-http';

const client = createClient(courseRoutes, fetchFrom('http://127.0.0.1:1'));

/** Compiles only with the types of the route. */
export async function lettersOf(id: string): Promise<readonly string[]> {
  const answer = await client.spellDepartment({ params: { id }, query: { capitals: 'yes' } });
  // @ts-expect-error: no such value of the query
  void client.spellDepartment({ params: { id }, query: { capitals: 'maybe' } });
  // @ts-expect-error: the path has a parameter
  void client.spellDepartment({});
  return answer.ok ? answer.body.letters : [];
}
`,
      );
      await scratch.runProgram(
        'npx',
        'tsc',
        '--build',
        'apps/courses/tsconfig.lib.json',
        'apps/gateway/tsconfig.lib.json',
      );
    },
    3 * minutes,
  );

  it(
    'is answered through the gateway, validated, documented and known to clients',
    async () => {
      const spec = 'added-route.integration.spec.ts';
      await copyFile(
        join(import.meta.dirname, 'testing', `${spec}.template`),
        join(scratch.directory, 'apps/gateway/src', spec),
      );
      const output = await scratch.runProgram(
        'npm',
        'run',
        'integration',
        '-w',
        '@registrar/gateway',
        '--',
        spec,
      );
      expect(output).toMatch(/Tests\s+6 passed/);
    },
    3 * minutes,
  );
});
