/** Uses a whole processor until its parent ends it: the neighbour of a busy hour. */
import { setImmediate } from 'node:timers';

const turnMs = 10;

function spin(): void {
  const untilMs = performance.now() + turnMs;
  while (performance.now() < untilMs);
  setImmediate(spin);
}

process.on('disconnect', () => process.exit());
process.send?.('ready');
spin();
