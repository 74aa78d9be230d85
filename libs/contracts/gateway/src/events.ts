import { z } from 'zod';
import { auditTopic } from './audit.ts';

const timestamp = z.iso.datetime({ precision: 3 });

/** Facts about users, keyed by user id: the last state of each is kept for good. The one topic with personal data. */
export const userTopic = {
  name: 'gateway.user.v1',
  partitions: 6,
  retention: 'unlimited',
  cleanup: 'compact',
  personal: true,
} as const;

/** Sessions that ended early, keyed by user id; of use for as long as an access token lives. */
export const sessionTopic = { name: 'gateway.session.v1', partitions: 3, retention: 86_400_000 } as const;

/** Password resets asked for, keyed by user id; a link is good for half an hour. */
export const passwordResetTopic = {
  name: 'gateway.password-reset.v1',
  partitions: 3,
  retention: 86_400_000,
} as const;

/** Mails to be sent about an account, or about one that is not confirmed yet; keyed by event, of use for a day at most. */
export const accountMailTopic = {
  name: 'gateway.account-mail.v1',
  partitions: 3,
  retention: 86_400_000,
} as const;

/** Exports of personal data that can be downloaded, keyed by user id; of use for a week. */
export const exportTopic = { name: 'gateway.export.v1', partitions: 3, retention: 7 * 86_400_000 } as const;

/** Every topic that the gateway publishes; to that of audit records the other services publish too. */
export const topics = [
  userTopic,
  sessionTopic,
  passwordResetTopic,
  accountMailTopic,
  exportTopic,
  auditTopic,
];

/** A user as other services see them. */
export const userState = z.strictObject({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  roles: z.array(z.enum(['student', 'instructor', 'registrar', 'admin'])),
  createdAt: timestamp,
  /** Grows with each change of the user; orders the events of one user. */
  version: z.int().min(1),
  /** What the campus calls the user. Absent in older events, which means null: nobody had one. */
  externalId: z.string().nullable().optional(),
  /** Absent in older events, as the three after it: no name in parts, active, and an email that was not verified. */
  givenName: z.string().nullable().optional(),
  familyName: z.string().nullable().optional(),
  status: z.enum(['active', 'suspended']).optional(),
  emailVerified: z.boolean().optional(),
});

/** A person. */
export type UserState = z.infer<typeof userState>;

/** The whole user after the change. */
const userEventData = z.strictObject({ user: userState, actorId: z.string() });

/**
 * Tokens that stop working: all of `sessionId`, or without it all of the user's with a version below `minVersion`,
 * but for those of `exceptSessionId`.
 */
const sessionEventData = z.strictObject({
  userId: z.string(),
  sessionId: z.string().nullable(),
  /** Tokens issued before this moment are dead. */
  notBefore: timestamp,
  reason: z.enum(['logout', 'password', 'roles', 'reuse', 'suspended', 'erased', 'ended']),
  /** Absent in older events, as is `exceptSessionId`; 0 where only a session ended. */
  minVersion: z.int().min(0).optional(),
  exceptSessionId: z.string().nullable().optional(),
});

/** A reset was asked for. The link is not here: it is fetched from the gateway when the mail is sent. */
const passwordResetEventData = z.strictObject({
  resetId: z.string(),
  userId: z.string(),
  expiresAt: timestamp,
});

/**
 * A mail is to be sent. What it says and to whom is not here: it is fetched from the gateway when the mail is sent, as
 * an account that is not confirmed yet is in no event.
 */
const accountMailEventData = z.strictObject({
  mailId: z.string(),
  /** The mail is of no use from then on. */
  expiresAt: timestamp,
});

/** Data of an account-mail event. */
export type AccountMailEventData = z.infer<typeof accountMailEventData>;
/** The user can download everything about themselves. */
const exportEventData = z.strictObject({ exportId: z.string(), userId: z.string(), expiresAt: timestamp });

/** Data of an export event. */
export type ExportEventData = z.infer<typeof exportEventData>;

/** Data of a user event. */
export type UserEventData = z.infer<typeof userEventData>;

/** A user who was erased: nothing of the person but the opaque id. `erasureId` is what services answer to. */
const userErasedData = z.strictObject({
  userId: z.string(),
  erasureId: z.string(),
  /** Beyond every version of the user's other events. */
  version: z.int().min(1),
});

/** Data of the event of an erasure. */
export type UserErasedData = z.infer<typeof userErasedData>;

/** Data of a session event. */
export type SessionEventData = z.infer<typeof sessionEventData>;

/** Data of a password-reset event. */
export type PasswordResetEventData = z.infer<typeof passwordResetEventData>;

const source = '/registrar/gateway';

/** A user registered. */
export const userRegistered = {
  type: 'registrar.gateway.user.registered',
  topic: userTopic.name,
  source,
  schema: userEventData,
} as const;

/** A user's name, mail, external id or roles changed. */
export const userUpdated = {
  type: 'registrar.gateway.user.updated',
  topic: userTopic.name,
  source,
  schema: userEventData,
} as const;

/** A user was erased; the last event of the user. */
export const userErased = {
  type: 'registrar.gateway.user.erased',
  topic: userTopic.name,
  source,
  schema: userErasedData,
} as const;

/** Sessions ended before their time. */
export const sessionRevoked = {
  type: 'registrar.gateway.session.revoked',
  topic: sessionTopic.name,
  source,
  schema: sessionEventData,
} as const;

/** A password reset was asked for. */
export const passwordResetRequested = {
  type: 'registrar.gateway.password-reset.requested',
  topic: passwordResetTopic.name,
  source,
  schema: passwordResetEventData,
} as const;

/** A mail about an account is to be sent. */
export const accountMailRequested = {
  type: 'registrar.gateway.account-mail.requested',
  topic: accountMailTopic.name,
  source,
  schema: accountMailEventData,
} as const;

/** An export of personal data can be downloaded. */
export const exportReady = {
  type: 'registrar.gateway.export.ready',
  topic: exportTopic.name,
  source,
  schema: exportEventData,
} as const;
