/**
 * Keeps the backing services of a test stack up until it is told to stop: the process behind `npm run stack`.
 */
import { rmSync } from 'node:fs';
import { downCommand } from './backing/compose.ts';
import { planBacking, startBacking } from './backing/start-backing.ts';
import { pickBackingPorts } from './backing/ports.ts';
import { Launch, writeWhole } from './process/launch.ts';
import { stopRequest } from './process/stop-request.ts';
import { addressFile, environmentText } from './address-file.ts';
import { runCommand, standardTerminal } from './terminal.ts';

await runCommand(async () => {
  const name = process.argv[2] ?? '';
  const file = addressFile(name);
  const stopAsked = stopRequest(() => process.exit(1));
  const launch = await Launch.acquire(name);
  try {
    const plan = await planBacking(process.env);
    const composed = Object.values(plan.sources).includes('compose');
    const down = downCommand(launch.run.directory, false);
    launch.watch({ remove: [file], cleanUp: composed ? [down] : [] });
    const options = { run: launch.run, keepsData: false, terminal: standardTerminal, env: process.env };
    const backing = await startBacking(plan, await pickBackingPorts('free'), options);
    writeWhole(file, environmentText(backing.addresses));
    await stopAsked;
    rmSync(file, { force: true });
    await backing.stop();
  } finally {
    launch.end();
  }
});
