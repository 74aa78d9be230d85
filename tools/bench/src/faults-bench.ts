/**
 * `npm run bench:faults [-- scenario...]`: what a flood, a killed service, slow clients and a failing mail server cost
 * everybody else.
 */
import { parseArgs } from 'node:util';
import { runCommand, StackFault } from '@registrar/stack';
import { MisbehavingSmtp } from '@registrar/testing';
import { burst, burstKilled, mailServer } from './faults/mails.ts';
import { killedService, loginFlood, slowRequests } from './faults/requests.ts';
import { startGenerator } from './load/start-generator.ts';
import { warmUpList } from './mix/mix.ts';
import { BenchSystem } from './phases/bench-system.ts';
import { once } from './phases/jobs.ts';
import { prepare } from './phases/prepare.ts';
import { timedSay } from './phases/say.ts';

const scenarios = { loginFlood, killedService, slowRequests, mailServer, burst, burstKilled };
/** Enough students that no scenario runs out of enrollments to make. */
const scale = 0.25;

await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.filter((name) => !Object.hasOwn(scenarios, name));
  if (unknown.length > 0)
    throw new StackFault(`There is no ${unknown.join()}, but: ${Object.keys(scenarios).join(', ')}`);
  const say = timedSay();
  const smtp = await MisbehavingSmtp.start();
  // Sign-ins are limited as in production: that is what the flood meets.
  const env = { SMTP_URL: smtp.url, MAIL_PAGE_URL: '', RATE_LIMIT_SIGN_IN_PER_SECOND: '50' };
  const bench = await BenchSystem.start('bench-faults', env);
  const generators = { main: await startGenerator(), beside: await startGenerator() };
  try {
    const prepared = await prepare(bench, scale, say);
    await bench.untilIdle();
    await generators.main.runJob(once(bench.url, warmUpList(prepared.shares), 32));
    const spare = [...prepared.data.spare];
    const scene = {
      bench,
      generators,
      prepared,
      smtp,
      say,
      takeSpare: (count: number) => spare.splice(0, count),
    };
    for (const [name, scenario] of Object.entries(scenarios)) {
      if (positionals.length === 0 || positionals.includes(name)) await scenario(scene);
    }
  } finally {
    await Promise.all([generators.main.stop(), generators.beside.stop()]);
    await bench.stop();
    await smtp.stop();
  }
});
