import { afterEach, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { LoadShedder } from './load-shedder.ts';

const shedder = new LoadShedder({ MAX_IN_FLIGHT: 10, MAX_LOOP_DELAY_MS: 30 });
afterEach(() => (shedder.inFlight = 0));

describe('the load shedder', () => {
  it('refuses beyond the bound of requests under way', () => {
    shedder.inFlight = 9;
    expect(shedder.overloaded).toBe(false);
    shedder.inFlight = 10;
    expect(shedder.overloaded).toBe(true);
  });

  it('refuses while the event loop comes too late under load, and no longer', async () => {
    block(() => (shedder.arrived += 1));
    await until(() => shedder.overloaded, 100);
    await until(() => !shedder.overloaded, 2_000);
  });

  it('does not refuse where it is the machine that is late', async () => {
    const idle = new LoadShedder({ MAX_IN_FLIGHT: 10, MAX_LOOP_DELAY_MS: 30 });
    block(() => undefined);
    let refused = false;
    const end = performance.now() + 200;
    await until(() => (refused ||= idle.overloaded) || performance.now() > end);
    expect(refused).toBe(false);
    void idle.onApplicationShutdown();
  });
});

/** Keeps the event loop busy for longer than it may be. */
function block(meanwhile: () => void): void {
  const end = performance.now() + 400;
  while (performance.now() < end) meanwhile();
}
