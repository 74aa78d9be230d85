/**
 * A launcher for tests of this tool: runs a system of stub apps until it is told to stop.
 *
 * Arguments: the system's name and the file for its record. `STUB_GATEWAY_PORT` asks for that very port, as
 * `npm start` does.
 */
import { stopRequest } from '../process/stop-request.ts';
import { perApp } from '../system/app-names.ts';
import { startSystem } from '../system/start-system.ts';
import { runCommand, standardTerminal } from '../terminal.ts';
import { scriptPath } from '../workspace.ts';

const [name = '', recordFile = ''] = process.argv.slice(2);
const { STUB_GATEWAY_PORT } = process.env;

await runCommand(async () => {
  const asked = stopRequest(() => process.exit(1));
  const system = await startSystem({
    name,
    recordFile,
    build: false,
    programs: perApp(() => scriptPath('testing/stub-app')),
    instances: { enrollments: 2 },
    terminal: standardTerminal,
    ...(STUB_GATEWAY_PORT === undefined
      ? {}
      : { ports: { gateway: Number(STUB_GATEWAY_PORT), mailPage: 0 } }),
  });
  await asked;
  await system.stop();
});
