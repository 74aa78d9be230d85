import { serviceUnavailable } from '@registrar/service';
import { within } from '../redis/time-limit.ts';
import type { Load, Loaded } from './cache-answer.ts';
import type { VersionVector } from '../versions/version-vector.rules.ts';

/**
 * Loads within a time limit. The load's signal is aborted when the time is over; what it brings later is lost.
 *
 * @throws what the load throws, or 503 `service_unavailable` when the time is over.
 */
export async function loadWithin(limitMs: number, load: Load, atLeast: VersionVector): Promise<Loaded> {
  const controller = new AbortController();
  const outcome = await within(limitMs, load({ signal: controller.signal, atLeast }));
  if (outcome.ok) return outcome.value;
  if (!outcome.late) throw outcome.reason;
  controller.abort(outcome.reason);
  throw serviceUnavailable('What was asked for could not be read in time.', outcome.reason);
}
