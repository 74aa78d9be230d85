/**
 * `npm run bench:faults [-- scenario...]`: what a flood, a killed service, slow clients and a failing mail server cost
 * all others.
 */
import { parseArgs } from 'node:util';
import { runCommand, StackFault } from '@registrar/stack';
import { MisbehavingSmtp } from '@registrar/testing';
import { burst, burstKilled, mailServer } from './faults/mails.ts';
import { killedService, loginFlood, slowRequests } from './faults/requests.ts';
import { withBench } from './phases/measure.ts';
import { prepare, warmUp } from './phases/prepare.ts';

const scenarios = { loginFlood, killedService, slowRequests, mailServer, burst, burstKilled };
/** Enough students that no scenario runs out of enrollments to make. */
const scale = 0.25;

await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.filter((name) => !Object.hasOwn(scenarios, name));
  if (unknown.length > 0)
    throw new StackFault(`There is no ${unknown.join()}, but: ${Object.keys(scenarios).join(', ')}`);
  const smtp = await MisbehavingSmtp.start();
  // Sign-ins are limited as in production: that limit is what the flood meets.
  const env = { SMTP_URL: smtp.url, MAIL_PAGE_URL: '', RATE_LIMIT_SIGN_IN_PER_SECOND: '50' };
  try {
    await withBench(
      'bench-faults',
      async (run) => {
        const prepared = await prepare(run.bench, scale, run.say);
        await warmUp(run.bench, prepared, run.generators.main);
        const scene = { ...run, prepared, smtp, spare: [...prepared.data.spare] };
        for (const [name, scenario] of Object.entries(scenarios)) {
          if (positionals.length === 0 || positionals.includes(name)) await scenario(scene);
        }
      },
      env,
    );
  } finally {
    await smtp.stop();
  }
});
