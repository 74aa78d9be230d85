/**
 * `npm run reset`: empties what `npm start` keeps. The next start begins with the demo data alone.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { downCommand, runDocker } from './backing/compose.ts';
import { externalAddresses, requireReachable } from './backing/external.ts';
import { launcherOf } from './process/launch.ts';
import { endOrphans } from './process/orphans.ts';
import { Run } from './process/run.ts';
import { dockerAnswers } from './process/programs.ts';
import { StackFault } from './stack-fault.ts';
import { buildApps } from './system/build.ts';
import { devStack } from './system/dev-stack.ts';
import { emptyExternal } from './system/empty-external.ts';
import { wholeOptions } from './system/options.ts';
import { runCommand, standardTerminal } from './terminal.ts';
import { localDirectory } from './workspace.ts';

const externalTimeoutMs = 5_000;

await runCommand(async () => {
  const directory = join(localDirectory, devStack);
  const pid = launcherOf(directory);
  if (pid !== undefined)
    throw new StackFault(`Registrar runs (process ${pid}): stop it before its data is emptied.`);
  await endOrphans({ directory });
  const external = externalAddresses(process.env);
  await requireReachable(external, externalTimeoutMs);
  if (Object.keys(external).length > 0) await buildApps(new Run(devStack), standardTerminal);
  await emptyExternal(external, wholeOptions({ name: devStack, keepsData: true }, process.env).prefixes);
  if (await dockerAnswers()) await runDocker(downCommand(directory, false));
  const wasThere = existsSync(directory);
  rmSync(directory, { recursive: true, force: true });
  standardTerminal.info(wasThere ? 'The data is gone; `npm start` begins again.' : 'There is no data.');
});
