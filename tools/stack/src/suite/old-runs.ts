import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { launcherOf } from '../process/launch.ts';
import { endOrphans } from '../process/orphans.ts';
import { localDirectory } from '../workspace.ts';

/** Clears what test runs left behind that were killed: processes first, then their folders. */
export async function clearOldRuns(names: RegExp): Promise<void> {
  if (!existsSync(localDirectory)) return;
  const old = readdirSync(localDirectory)
    .filter((name) => names.test(name))
    .map((name) => join(localDirectory, name))
    .filter((directory) => launcherOf(directory) === undefined);
  for (const directory of old) {
    await endOrphans({ directory });
    rmSync(directory, { recursive: true, force: true });
  }
}
