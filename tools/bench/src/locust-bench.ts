/**
 * `npm run bench:locust`: a loaded system for Locust. Starts the system, loads the dataset, warms it, writes the address,
 * tokens and catalogue paths to `.local/locust.json`, and stays up until Ctrl-C. With `--run`, Locust itself is run
 * against it for a minute (it must be on the PATH, or named by `LOCUST`), and its figures go into `bench.json`.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '@registrar/stack';
import { readLocust, runLocust } from './locust/run-locust.ts';
import { cataloguePaths } from './mix/mix.ts';
import { withBench } from './phases/measure.ts';
import { prepare, warmUp } from './phases/prepare.ts';
import { writeReport } from './report/write-report.ts';
import { workspaceRoot } from './script-path.ts';

const users = 200;
const file = join(workspaceRoot, '.local', 'locust.json');

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: '1' },
      run: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '60' },
      aside: { type: 'boolean', default: false },
    },
  });
  await withBench('bench-locust', async ({ bench, generators, say }) => {
    const prepared = await prepare(bench, Number(values.scale), say);
    await warmUp(bench, prepared, generators.main);
    const { tokens, data } = prepared;
    writeFileSync(file, JSON.stringify({ url: bench.url, tokens, paths: cataloguePaths(data) }));
    say(`${file} is written; the gateway is at ${bench.url}`);
    if (!values.run) {
      say('Ctrl-C ends it');
      await once(process, 'SIGINT');
      return;
    }
    const stats = await runLocust({ file, users, seconds: Number(values.seconds) });
    const locust = { madeAt: new Date().toISOString(), users, ...readLocust(stats) };
    say(await writeReport({ locust }, values.aside));
  });
});
