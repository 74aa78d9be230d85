import { z } from 'zod';

/** Answer of `POST /api/users/:id/erasure`: the erasure that began. */
export const erasureBegun = z.strictObject({ id: z.string() });

/** Answer of `GET /api/erasures/:id`. */
export const erasure = z.strictObject({
  id: z.string(),
  userId: z.string(),
  /** `done` when every service has erased. */
  status: z.enum(['running', 'done']),
  services: z.array(z.strictObject({ name: z.string(), state: z.enum(['running', 'done']) })),
});

/** An erasure. */
export type Erasure = z.infer<typeof erasure>;

/** Answer of `POST /api/users/me/export`: the export that was asked for. */
export const exportBegun = z.strictObject({ id: z.string() });
