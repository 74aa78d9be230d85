import { z } from 'zod';

/** What is kept, and for how long. */
export interface Retention {
  /** Names it in answers and documents. */
  readonly name: string;
  /** Who keeps it; `kafka` for topics. */
  readonly service: 'gateway' | 'courses' | 'enrollments' | 'notifications' | 'all' | 'kafka';
  /** Whole days; null: no fixed time, as `covers` says. */
  readonly days: number | null;
  /** The variable that sets other days; without one they are fixed. */
  readonly setting?: RetentionSetting;
  readonly covers: string;
}

/** Variables that set how long something is kept, in days. */
export type RetentionSetting =
  | 'RETENTION_AUDIT_DAYS'
  | 'RETENTION_HOLDS_DAYS'
  | 'RETENTION_NOTIFICATIONS_DAYS'
  | 'RETENTION_PERMITS_DAYS'
  | 'RETENTION_PLANS_DAYS';

/** Every retention of the system, each stated here and nowhere else. */
export const retentions: readonly Retention[] = [
  {
    name: 'accounts',
    service: 'gateway',
    days: null,
    covers: 'Names, mail addresses, external ids and roles, until the account is erased',
  },
  {
    name: 'sessions',
    service: 'gateway',
    days: 90,
    covers: 'Sign-ins on devices, from the sign-in on at most',
  },
  {
    name: 'sign-in-traces',
    service: 'gateway',
    days: 1,
    covers:
      'Failed sign-ins, links of password resets, tokens that ended early; each for its own minutes or hours',
  },
  {
    name: 'audit',
    service: 'gateway',
    days: 1_095,
    setting: 'RETENTION_AUDIT_DAYS',
    covers: 'Who changed or read what; of personal fields only that they changed',
  },
  {
    name: 'erasures',
    service: 'gateway',
    days: 365,
    covers:
      'That an account was erased and who has done it, by ids alone; a restored backup is erased again by them',
  },
  {
    name: 'exports',
    service: 'gateway',
    days: 7,
    covers: 'Exports that people asked for of their own data',
  },
  {
    name: 'academic-records',
    service: 'enrollments',
    days: null,
    covers:
      'Enrollments with their history, completions, grades and student records, for good, by an opaque id',
  },
  {
    name: 'holds',
    service: 'enrollments',
    days: 365,
    setting: 'RETENTION_HOLDS_DAYS',
    covers: 'Holds with their reasons, from their release on',
  },
  {
    name: 'permits',
    service: 'enrollments',
    days: 365,
    setting: 'RETENTION_PERMITS_DAYS',
    covers: 'Permits and requests for them with their words, from the last deadline of the semester on',
  },
  {
    name: 'plans',
    service: 'enrollments',
    days: 180,
    setting: 'RETENTION_PLANS_DAYS',
    covers: 'Plans of students, from the last deadline of the semester on',
  },
  {
    name: 'notifications',
    service: 'notifications',
    days: 365,
    setting: 'RETENTION_NOTIFICATIONS_DAYS',
    covers: 'Messages in inboxes and the state of their mails',
  },
  {
    name: 'preferences',
    service: 'notifications',
    days: null,
    covers: 'Which mails somebody wants, until the account is erased',
  },
  {
    name: 'stored-answers',
    service: 'all',
    days: 1,
    covers: 'First answers to requests with an Idempotency-Key',
  },
  {
    name: 'caches',
    service: 'all',
    days: 1,
    covers: 'Copies in Redis and in memory, for minutes each',
  },
  {
    name: 'user-events',
    service: 'kafka',
    days: null,
    covers:
      'The last state of each user, after an erasure without personal data; a replaced one is gone within 7 days',
  },
  {
    name: 'record-events',
    service: 'kafka',
    days: null,
    covers: 'Events of enrollments, courses and semesters, for good, with opaque ids only',
  },
  {
    name: 'message-events',
    service: 'kafka',
    days: 7,
    covers:
      'Events of holds, permits, exports and audit on their way to who keeps them, with opaque ids only',
  },
  {
    name: 'sign-in-events',
    service: 'kafka',
    days: 1,
    covers: 'Events of ended sessions, password resets and mails about accounts, with opaque ids only',
  },
  {
    name: 'dead-letters',
    service: 'kafka',
    days: 14,
    covers: 'Events that a consumer gave up; of user events id and fault alone',
  },
];

/** A setting's schema: whole days, from 1 to a hundred years; its default is the one of `retentions`. */
function daysOf(setting: RetentionSetting) {
  const found = retentions.find((each) => each.setting === setting);
  if (typeof found?.days !== 'number') throw new Error(`${setting} sets no days.`);
  return z.coerce.number().int().min(1).max(36_500).default(found.days);
}

/** The settings as every app's configuration has them: to enforce its own, and the gateway to show all. */
export const retentionSettings = {
  RETENTION_AUDIT_DAYS: daysOf('RETENTION_AUDIT_DAYS'),
  RETENTION_HOLDS_DAYS: daysOf('RETENTION_HOLDS_DAYS'),
  RETENTION_NOTIFICATIONS_DAYS: daysOf('RETENTION_NOTIFICATIONS_DAYS'),
  RETENTION_PERMITS_DAYS: daysOf('RETENTION_PERMITS_DAYS'),
  RETENTION_PLANS_DAYS: daysOf('RETENTION_PLANS_DAYS'),
};

/** Answer of `GET /api/campus/retention`. */
export const retentionList = z.strictObject({
  items: z.array(
    z.strictObject({
      name: z.string(),
      days: z.number().nullable(),
      covers: z.string(),
      service: z.string(),
    }),
  ),
});

/** How long things are kept, as it is shown to everybody. */
export type RetentionList = z.infer<typeof retentionList>;

/** The retentions as they are set. */
export function retentionsAsSet(settings: Record<RetentionSetting, number>): RetentionList {
  const items = retentions.map(({ name, days, setting, covers, service }) => ({
    name,
    days: setting === undefined ? days : settings[setting],
    covers,
    service,
  }));
  return { items };
}
