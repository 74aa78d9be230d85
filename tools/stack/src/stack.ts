/**
 * `npm run stack -- up|down [--name test]`: backing services alone, for tests run by hand.
 *
 * `up` returns when they answer and their addresses are in `.local/<name>-stack.env`; they stay up until `down`.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addressFile } from './address-file.ts';
import { launcherOf } from './process/launch.ts';
import { isAlive } from './process/process-table.ts';
import { until } from './process/wait.ts';
import { StackFault } from './stack-fault.ts';
import { runCommand, standardTerminal } from './terminal.ts';
import { localDirectory, scriptPath } from './workspace.ts';

const usage = 'Usage: npm run stack -- up|down [--name <name>]';
/** The first start fetches what is needed, which may take long. */
const upTimeoutMs = 600_000;
const downTimeoutMs = 30_000;

async function up(name: string): Promise<void> {
  const file = addressFile(name);
  const directory = join(localDirectory, name);
  if (launcherOf(directory) === undefined) {
    rmSync(file, { force: true });
    mkdirSync(join(directory, 'logs'), { recursive: true });
    const logFile = join(directory, 'logs', 'host.log');
    const log = openSync(logFile, 'w');
    const host = spawn(process.execPath, [scriptPath('host'), name], {
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    host.unref();
    await until(() => existsSync(file) || host.exitCode !== null, { timeoutMs: upTimeoutMs });
    if (!existsSync(file)) {
      const logText = readFileSync(logFile, 'utf8').trimEnd();
      throw new StackFault(
        logText === '' ? `The stack "${name}" did not come up; its log is ${logFile}.` : logText,
      );
    }
  }
  await until(() => existsSync(file), { timeoutMs: upTimeoutMs });
  standardTerminal.info(readFileSync(file, 'utf8').trimEnd());
  standardTerminal.info(`The stack "${name}" is up; these addresses are in ${file}`);
}

async function down(name: string): Promise<void> {
  const pid = launcherOf(join(localDirectory, name));
  if (pid === undefined) {
    standardTerminal.info(`The stack "${name}" does not run.`);
    return;
  }
  process.kill(pid, 'SIGTERM');
  if (!(await until(() => !isAlive(pid), { timeoutMs: downTimeoutMs }))) {
    throw new StackFault(
      `The stack "${name}" (process ${pid}) did not stop within ${downTimeoutMs / 1000} s.`,
    );
  }
  standardTerminal.info(`The stack "${name}" is down.`);
}

await runCommand(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { name: { type: 'string', default: 'test' } },
  });
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(values.name)) {
    throw new StackFault('A stack is named by letters, digits and dashes.');
  }
  if (positionals.join() === 'up') return up(values.name);
  if (positionals.join() === 'down') return down(values.name);
  throw new StackFault(usage);
});
