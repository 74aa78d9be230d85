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
import { startGenerator } from './load/start-generator.ts';
import { readLocust, runLocust } from './locust/run-locust.ts';
import { cataloguePaths, warmUpList } from './mix/mix.ts';
import { BenchSystem } from './phases/bench-system.ts';
import { once as each } from './phases/jobs.ts';
import { prepare } from './phases/prepare.ts';
import { timedSay } from './phases/say.ts';
import { writeReport } from './report/write-report.ts';
import { workspaceRoot } from './script-path.ts';

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: '1' },
      run: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '60' },
      aside: { type: 'boolean', default: false },
    },
  });
  const users = 200;
  const file = join(workspaceRoot, '.local', 'locust.json');
  const say = timedSay();
  const bench = await BenchSystem.start('bench-locust');
  try {
    const { data, tokens, shares } = await prepare(bench, Number(values.scale), say);
    await bench.untilIdle();
    const generator = await startGenerator();
    await generator.runJob(each(bench.url, warmUpList(shares), 32));
    await generator.stop();
    writeFileSync(file, JSON.stringify({ url: bench.url, tokens, paths: cataloguePaths(data) }));
    say(`${file} is written; the gateway is at ${bench.url}`);
    if (values.run) {
      const stats = await runLocust({ file, users, seconds: Number(values.seconds) });
      const made = { madeAt: new Date().toISOString(), users, ...readLocust(stats) };
      say(await writeReport({ locust: made }, values.aside));
    } else {
      say('Ctrl-C ends it');
      await once(process, 'SIGINT');
    }
  } finally {
    await bench.stop();
  }
});
