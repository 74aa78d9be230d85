import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
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

  it('refuses while the event loop comes too late, and no longer', async () => {
    const end = performance.now() + 400;
    while (performance.now() < end);
    await until(() => shedder.overloaded, 100);
    await until(() => !shedder.overloaded, 2_000);
  });
});
