/**
 * Outlives the launcher of a stack by a moment: when the launcher is gone in whatever way, ends what it left.
 *
 * The launcher holds the other end of this process's stdin and never writes to it. An end of file before
 * a `done` means that the launcher died: the processes of the run are ended, then the commands given in
 * `cleanUp` are run and the files given in `remove` are removed.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { endOrphans } from './orphans.ts';

/** What the reaper is told, as JSON in its first argument. */
export interface ReaperOrders {
  readonly runId: string;
  readonly remove: readonly string[];
  readonly cleanUp: readonly {
    readonly command: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  }[];
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);

const orders = JSON.parse(process.argv[2] ?? '') as ReaperOrders;
const message = await text(process.stdin);
if (message.trim() !== 'done') {
  await endOrphans({ runId: orders.runId });
  for (const { command, args, env } of orders.cleanUp) {
    execFileSync(command, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  }
  for (const path of orders.remove) rmSync(path, { recursive: true, force: true });
}
