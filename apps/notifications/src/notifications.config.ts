import { retentionSettings } from '@registrar/contracts-gateway';
import { atLeast, listOf, serviceConfig } from '@registrar/service';
import { z } from 'zod';

/** What the notifications service reads from its environment. */
export const notificationsConfig = serviceConfig.extend({
  ...retentionSettings,
  GATEWAY_URL: listOf(z.url({ protocol: /^https?$/ })),
  /** Where the words of permits are asked; without it messages of permits have none. */
  ENROLLMENTS_URL: listOf(z.url({ protocol: /^https?$/ })).optional(),
  /** Of Bull's jobs alone: its server may evict nothing. */
  JOBS_REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  /** Before every key of Bull's, so that systems can share a Redis. */
  JOBS_PREFIX: z
    .string()
    .regex(/^[\w.:-]{1,64}$/)
    .default('registrar-jobs'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z
    .string()
    .regex(
      /^[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/,
      'must be an address, or a name and <address>',
    )
    .default('Registrar <no-reply@registrar.example>'),
  /** Base of the links in mails. */
  LINK_BASE: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  /** Mails that one instance sends in a second, at most. */
  MAIL_RATE_PER_SECOND: atLeast(1).default(200),
  /** Mails that one instance sends at a time, each over a connection of its own. */
  MAIL_CONCURRENCY: atLeast(1).default(5),
  /** Attempts before a mail counts as failed; 20 take about an hour. */
  MAIL_MAX_ATTEMPTS: atLeast(1).default(20),
  /** First wait after a failed attempt; it doubles each time. */
  MAIL_RETRY_BASE_MS: atLeast(1).default(1_000),
  /** Longest wait between two attempts. */
  MAIL_RETRY_CAP_MS: atLeast(1).default(300_000),
  /** How long an SMTP server may keep silent. */
  MAIL_TIMEOUT_MS: atLeast(100).default(10_000),
  /** How long one attempt may take in all, with a server that drags. */
  MAIL_DEADLINE_MS: atLeast(100).default(60_000),
  /** How long a mail stays with a process that is dead before another takes it. */
  MAIL_LEASE_MS: atLeast(1_000).default(15_000),
  /** How often the sweeper looks for what was lost. */
  MAIL_SWEEP_MS: atLeast(50).default(2_000),
  /** A mail about something older than this is not sent (a replay, an outage of days); the inbox has it. */
  MAIL_MAX_AGE_HOURS: atLeast(1).default(24),
  STREAMS_PER_USER: atLeast(1).default(5),
  STREAMS_PER_INSTANCE: atLeast(1).default(2_000),
  STREAM_HEARTBEAT_MS: atLeast(50).default(15_000),
});

/** The variables of the notifications service. */
export type NotificationsConfig = z.infer<typeof notificationsConfig>;
