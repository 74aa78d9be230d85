/**
 * A launcher for tests of this tool: runs a system of stub apps until it is told to stop.
 *
 * Arguments: the system's name, the file for its record, and how many instances of enrollments.
 */
import { stopRequest } from '../process/stop-request.ts';
import { perApp } from '../system/app-names.ts';
import { startSystem } from '../system/start-system.ts';
import { runCommand, standardTerminal } from '../terminal.ts';
import { scriptPath } from '../workspace.ts';

const [name = '', recordFile = '', enrollments = '1'] = process.argv.slice(2);

await runCommand(async () => {
  const asked = stopRequest(() => process.exit(1));
  const system = await startSystem({
    name,
    recordFile,
    build: false,
    programs: perApp(() => scriptPath('testing/stub-app')),
    instances: { enrollments: Number(enrollments) },
    terminal: standardTerminal,
  });
  standardTerminal.say('ready');
  await asked;
  await system.stop();
});
