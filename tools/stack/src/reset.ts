/**
 * `npm run reset`: empties what `npm start` keeps. The next start begins with the demo data alone.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { downCommand, runDocker } from './backing/compose.ts';
import { givenAddresses, requireReachable } from './backing/given.ts';
import { launcherOf } from './process/launch.ts';
import { clearLeftovers } from './process/leftovers.ts';
import { Run } from './process/run.ts';
import { dockerAnswers } from './process/programs.ts';
import { StackFault } from './stack-fault.ts';
import { buildApps } from './system/build.ts';
import { devStack } from './system/dev-stack.ts';
import { emptyGiven } from './system/empty-given.ts';
import { wholeOptions } from './system/options.ts';
import { runCommand, standardTerminal } from './terminal.ts';
import { localDirectory } from './workspace.ts';

const givenTimeoutMs = 5_000;

await runCommand(async () => {
  const directory = join(localDirectory, devStack);
  const pid = launcherOf(directory);
  if (pid !== undefined)
    throw new StackFault(`Registrar runs (process ${pid}): stop it before its data is emptied.`);
  await clearLeftovers({ directory });
  const given = givenAddresses(process.env);
  await requireReachable(given, givenTimeoutMs);
  if (Object.keys(given).length > 0) await buildApps(new Run(devStack), standardTerminal);
  await emptyGiven(given, wholeOptions({ name: devStack, keepsData: true }, process.env).prefixes);
  if (await dockerAnswers()) await runDocker(downCommand(directory, false));
  const wasThere = existsSync(directory);
  rmSync(directory, { recursive: true, force: true });
  standardTerminal.say(wasThere ? 'The data is gone; `npm start` begins anew.' : 'There is no data.');
});
