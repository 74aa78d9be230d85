import { z } from 'zod';

/** A weekly meeting, `HH:mm` on one day, between two dates where it has any. */
export const meeting = z.strictObject({
  day: z.string(),
  start: z.string(),
  end: z.string(),
  room: z.string(),
  startsOn: z.string().optional(),
  endsOn: z.string().optional(),
});
