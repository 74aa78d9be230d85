/**
 * `npm start`: the whole of Registrar on this machine, until Ctrl-C or SIGTERM.
 */
import { npmGone } from './process/npm-watch.ts';
import { stopRequest } from './process/stop-request.ts';
import { startOptions } from './start-options.ts';
import { devStack } from './system/dev-stack.ts';
import { stackFile } from './system/stack-file.ts';
import { startSystem } from './system/start-system.ts';
import type { System } from './system/system.ts';
import { runCommand, since, standardTerminal } from './terminal.ts';

class StopAsked extends Error {}

function announce(system: System, startedAtMs: number): void {
  const { gateway, mail, campus } = system.record();
  standardTerminal.info(`Everything is up ${since(startedAtMs)}; all addresses are in .local/stack.json`);
  const page = mail.pageUrl === null ? '' : `, mail at ${mail.pageUrl}`;
  standardTerminal.info(
    `Registrar is ready at ${gateway.url} (API description at ${gateway.url}/api/docs)${page}`,
  );
  if (campus)
    standardTerminal.info(
      `Sign in by the campus on its sign-in page; the local provider is at ${campus.url}`,
    );
}

await runCommand(async () => {
  const startedAtMs = performance.now();
  const { gatewayPort, mailPagePort, instances, campusPort } = startOptions(
    process.argv.slice(2),
    process.env,
  );
  const stopAsked = new AbortController();
  const asked = Promise.race([stopRequest(() => process.exit(1)), npmGone()]);
  void asked.then(() => stopAsked.abort(new StopAsked()));
  try {
    const system = await startSystem({
      name: devStack,
      instances,
      ports: { gateway: gatewayPort, mailPage: mailPagePort },
      campusPort,
      keepsData: true,
      // Imported late: it imports contracts, and at the first start nothing is built yet.
      seed: async (target) => (await import('./seed/load-demo.ts')).loadDemo(target),
      terminal: standardTerminal,
      signal: stopAsked.signal,
      recordFile: stackFile,
    });
    announce(system, startedAtMs);
    await asked;
    standardTerminal.info('Stopping ...');
    await system.stop();
  } catch (error) {
    if (!(error instanceof StopAsked)) throw error;
  }
  standardTerminal.info('Stopped; nothing is left running.');
});
