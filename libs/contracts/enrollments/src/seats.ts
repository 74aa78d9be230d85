import { z } from 'zod';
import { timestamp } from './enrollment.ts';
import { seatCounts } from './events.ts';

/**
 * `GET /api/courses/:id/seats`: the seats of a course now.
 *
 * With `Accept: text/event-stream` it is a live stream. The gateway opens one such stream a course, as itself
 * (without `Authorization` and `X-Forwarded-For`: a service bounds the streams of each user and each forwarded
 * address, the gateway those of its clients), and hands each client the last event, then all that follow.
 * The bytes of the stream are blocks that end with an empty line, each written whole:
 *
 *     event: seats
 *     id: 42
 *     data: {"courseId":"crs_...","capacity":30,...,"version":42}
 *
 * `data` is one line with this schema; `id` is its `version`. The first comes at once, later ones at most four a
 * second, always the newest state. `: still here` and an empty line come at least every 15 s. `retry: 1500` and
 * an empty line come before the service ends the stream (it stops): connect again after so many ms.
 */
export const publicSeats = seatCounts.omit({ reserved: true, codes: true }).extend({
  courseId: z.string(),
  /** Free seats that are not reserved. */
  generalAvailable: z.int().min(0),
  /** In the course's order; a released one has none available. */
  reservations: z.array(
    z.strictObject({
      name: z.string(),
      seats: z.int().min(1),
      available: z.int().min(0),
      releasesAt: timestamp.nullable(),
    }),
  ),
  /** Grows with every change of the counts or of the course, so that the newer of two can be chosen. */
  version: z.int().min(1),
});

/** Courses that one stream shows at most. */
export const maxStreamedCourses = 100;

/** Query of `GET /api/seats/stream`: ids between commas, each counted once. */
export const seatStreamQuery = z.strictObject({
  courseIds: z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(z.string().min(1).max(64)).max(maxStreamedCourses)),
});

/** The seats of a course as anybody sees them. */
export type PublicSeats = z.infer<typeof publicSeats>;

/** `GET /api/courses/:id/seats/me`: what the caller could take now. */
export const ownSeats = z.strictObject({
  /** Seats that are free for the caller. */
  available: z.int().min(0),
  /** The reservation whose seat would be taken first; null for a general seat, or none. */
  reservation: z.string().nullable(),
});

/** Seats that are free for one student. */
export type OwnSeats = z.infer<typeof ownSeats>;
