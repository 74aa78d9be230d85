import { setTimeout as delay } from 'node:timers/promises';
import { MisbehavingSmtp } from '@registrar/testing';
import type { SmtpMood } from '@registrar/testing';
import { between, histogramOf, shareWithin } from './histogram.ts';
import type { Histogram } from './histogram.ts';
import { Scenario } from './scenario.ts';
import type { ServiceProcess } from './service-process.ts';

const perSecond = 50;
const seconds = 20;
const metric = 'notifications_event_to_inbox_seconds';

/** 50 events a second, evenly: how long each takes to the inbox, with a mail server in every mood. */
export async function rate(print: (line: string) => void): Promise<void> {
  const scenario = await Scenario.make();
  const smtp = await MisbehavingSmtp.start();
  const service = await scenario.service({ SMTP_URL: smtp.url });
  try {
    await steady(scenario, 3);
    const moods: [string, SmtpMood][] = [
      ['well', 'well'],
      ['dead', 'refusing'],
      ['hanging', 'hanging'],
      ['slow (2 s an answer)', { slowMs: 2_000 }],
    ];
    for (const [name, mood] of moods) {
      smtp.behave(mood);
      const seen = await observed(service, () => steady(scenario, seconds));
      print(`event to inbox at ${perSecond}/s, mail server ${name}: ${words(seen)} (goal: p99 under 250 ms)`);
    }
  } finally {
    await service.end('SIGKILL');
    await smtp.stop();
    await scenario.close();
  }
}

async function steady(scenario: Scenario, forSeconds: number): Promise<void> {
  const people = await scenario.people(forSeconds * perSecond);
  const startedAt = performance.now();
  for (let sent = 0; sent < forSeconds * perSecond; sent += 1) {
    const dueAt = startedAt + (sent * 1_000) / perSecond;
    await delay(Math.max(0, dueAt - performance.now()));
    // The event is made when it is due: its time is what the measurement starts from.
    void scenario.publish(scenario.events(people.slice(sent, sent + 1), 1));
  }
  await delay(1_000);
}

async function observed(service: ServiceProcess, work: () => Promise<void>): Promise<Histogram> {
  const before = histogramOf(await service.metrics(), metric);
  await work();
  return between(before, histogramOf(await service.metrics(), metric));
}

function words(seen: Histogram): string {
  const shares = [0.05, 0.1, 0.25, 0.5].map(
    (bound) => `${(shareWithin(seen, bound) * 100).toFixed(2)} % within ${bound * 1_000} ms`,
  );
  return `${seen.counts.at(-1) ?? 0} events, ${shares.join(', ')}`;
}
