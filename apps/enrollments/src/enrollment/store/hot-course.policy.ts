/** How a write of a course's seats retries lost races: it has to get in between the commits of a hot course. */
export const hotCoursePolicy = { maxAttempts: 40, backoff: { firstMs: 15, maxMs: 15 } };
