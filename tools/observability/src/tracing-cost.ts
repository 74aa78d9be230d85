import { SpanKind, inCall, recordSpansWith, spanRecorder } from '@registrar/service';

/**
 * What tracing costs while it is off: the look at whether there is a recorder, beside a call of a function that does
 * nothing, in the same loop of the same process. `npm run tracing-cost -w @registrar/observability`
 */
const calls = 20_000_000;
const rounds = 15;

type Look = () => unknown;

const nothing: Look = () => undefined;
const facts = () => ({ name: 'GET courses', kind: SpanKind.CLIENT });
const answer = Promise.resolve();
const call = () => answer;
const measured: Readonly<Record<string, Look>> = {
  'a call that does nothing': nothing,
  'a look for a recorder': spanRecorder,
  'a call to a service that would be a span': () => inCall(facts, call),
};

function loop(look: Look, times: number): number {
  let found = 0;
  for (let call = 0; call < times; call++) if (look() !== undefined) found++;
  return found;
}

function nanosecondsOf(look: Look): number {
  const since = process.hrtime.bigint();
  loop(look, calls);
  return Number(process.hrtime.bigint() - since) / calls;
}

recordSpansWith(undefined);
const looks = Object.entries(measured);
// The loop meets all of them first: one that it knew alone would be compiled into it and cost nothing at all.
for (let round = 0; round < rounds; round++) for (const [, look] of looks) loop(look, 100_000);
// By turns, and of each the round that was disturbed least: the machine may have other work.
const best = looks.map(() => Infinity);
for (let round = 0; round < rounds; round++)
  for (const [index, [, look]] of looks.entries())
    best[index] = Math.min(best[index] ?? Infinity, nanosecondsOf(look));
for (const [index, [what]] of looks.entries()) {
  const [each = 0, empty = 1] = [best[index], best[0]];
  console.log(`${what}: ${each.toFixed(2)} ns, ${(each / empty).toFixed(2)} times a call that does nothing`);
}
