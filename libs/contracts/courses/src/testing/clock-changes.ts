/**
 * Times around both changes of the clock in America/New_York in 2026, and the same moments in UTC: given with the
 * zone's own offset before and after, in UTC, and as other zones say them.
 */
export const clockChanges = [
  ['2026-03-08T01:59:59-05:00', '2026-03-08T06:59:59.000Z'],
  // An hour that no clock there shows is a moment all the same.
  ['2026-03-08T02:30:00-05:00', '2026-03-08T07:30:00.000Z'],
  ['2026-03-08T03:00:00-04:00', '2026-03-08T07:00:00.000Z'],
  ['2026-03-08T07:00:00Z', '2026-03-08T07:00:00.000Z'],
  ['2026-03-08T12:30:00+05:30', '2026-03-08T07:00:00.000Z'],
  ['2026-11-01T01:30:00-04:00', '2026-11-01T05:30:00.000Z'],
  // The same hour for the second time.
  ['2026-11-01T01:30:00-05:00', '2026-11-01T06:30:00.000Z'],
  ['2026-11-01T01:59:59.9996-05:00', '2026-11-01T06:59:59.999Z'],
  ['2026-11-01T07:00:00+01:00', '2026-11-01T06:00:00.000Z'],
  ['2026-10-31T23:59:59-04:00', '2026-11-01T03:59:59.000Z'],
] as const;
