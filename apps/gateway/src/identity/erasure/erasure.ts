import type { Erasure } from '@registrar/contracts-gateway';

/** The services that erase a person, in the order in which they are shown. */
export const erasingServices = ['gateway', 'courses', 'enrollments', 'notifications'] as const;

/** A service that erases. */
export type ErasingService = (typeof erasingServices)[number];

/** An item of the `erasures` table. */
export interface ErasureItem {
  id: string;
  user_id: string;
  /** RFC 3339. */
  begun_at: string;
  begun_by: string;
  /** Services that have erased. */
  done: ErasingService[];
  /** Digest of the email, by which its counters are found; until the gateway has erased. */
  email_digest?: string;
  /** TTL, seconds. */
  expires_at: number;
}

/** How long an erasure can be looked up, ms. */
export const erasureKeptMs = 365 * 24 * 60 * 60_000;

/** An erasure as admins see it. */
export function erasureView({ id, user_id: userId, done }: ErasureItem): Erasure {
  const services = erasingServices.map((name) => {
    const state = done.includes(name) ? ('done' as const) : ('running' as const);
    return { name, state };
  });
  const isDone = services.every(({ state }) => state === 'done');
  return { id, userId, status: isDone ? 'done' : 'running', services };
}
