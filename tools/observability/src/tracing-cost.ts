import { beginCall, recordSpansWith, spanRecorder } from '@registrar/service';
import type { SpanFacts } from '@registrar/service';

/**
 * What tracing costs while it is off: the look at whether there is a recorder, beside a call of a function that does
 * nothing, in the same loop of the same process. `npm run tracing-cost -w @registrar/observability`
 */
const calls = 20_000_000;
const rounds = 15;

type Look = () => unknown;

const nothing: Look = () => undefined;
const facts = (): SpanFacts => ({ name: 'GET courses', kind: 'client' });
const measured: Readonly<Record<string, Look>> = {
  'a call that does nothing': nothing,
  'a look for a recorder': spanRecorder,
  'a call to a service that would be a span': () => beginCall(facts),
};

function loop(look: Look, times: number): number {
  let found = 0;
  for (let call = 0; call < times; call++) if (look() !== undefined) found++;
  return found;
}

/** Nanoseconds a call, of the round that was disturbed least. */
function nanosecondsOf(look: Look): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const since = process.hrtime.bigint();
    loop(look, calls);
    best = Math.min(best, Number(process.hrtime.bigint() - since) / calls);
  }
  return best;
}

recordSpansWith(undefined);
// The loop meets all of them first: one that it knew alone would be compiled into it and cost nothing at all.
for (let round = 0; round < rounds; round++) for (const look of Object.values(measured)) loop(look, 100_000);
const empty = nanosecondsOf(nothing);
for (const [what, look] of Object.entries(measured)) {
  const each = nanosecondsOf(look);
  const ratio = (each / empty).toFixed(2);
  console.log(`${what}: ${each.toFixed(2)} ns, ${ratio} times a call that does nothing`);
}
