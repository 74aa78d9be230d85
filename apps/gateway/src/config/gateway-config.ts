import { mailAddress, retentionSettings } from '@registrar/contracts-gateway';
import { atLeast, flag, listOf, serviceConfig } from '@registrar/service';
import { z } from 'zod';
import { isLoopback, oidcProviders, plainIssuers } from './oidc-providers.ts';

const urls = listOf(z.url({ protocol: /^https?$/ }));
const origins = listOf(
  z.string().regex(/^https?:\/\/[^/\s*]+$/, 'must be an origin such as https://portal.registrar.example'),
);
const domains = listOf(
  z
    .string()
    .regex(/^[a-z0-9.-]+$/i, 'must be mail domains')
    .transform((domain) => domain.toLowerCase()),
);

/** What the gateway reads from its environment. */
export const gatewayConfig = serviceConfig
  .extend({
    ...retentionSettings,
    /** Addresses of each service's instances. */
    COURSES_URL: urls,
    ENROLLMENTS_URL: urls,
    NOTIFICATIONS_URL: urls,
    /** Private keys of the access tokens, as JSON; made at the first start in development only. */
    SIGNING_KEYS_FILE: z.string().min(1),
    /** The page for a new password, where links of mails lead; `confirm-email` and `sign-in` are beside it. */
    LINK_BASE: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:3000/reset-password'),
    /** Our origin as browsers reach it, where providers of the campus send people back to; unset, that of LINK_BASE. */
    PUBLIC_URL: z
      .string()
      .regex(/^https?:\/\/[^/\s?#@]+$/, 'must be an origin such as https://registrar.example')
      .refine(
        (url) => url.startsWith('https:') || isLoopback(url),
        'must be https; http is for loopback only',
      )
      .optional(),
    /** Providers of OpenID Connect that people sign in by, as a JSON array: see docs/identity.md. */
    OIDC_PROVIDERS: oidcProviders.optional(),
    /** The folder that the portal's build wrote; unset, no portal is served. */
    PORTAL_DIR: z.string().min(1).optional(),
    /** Whether people may make accounts for themselves, and with mails of which domains (any, if unset). */
    SELF_REGISTRATION: flag.default(true),
    REGISTRATION_DOMAINS: domains.optional(),
    /** Whether people may change their own names; off where the campus keeps them. */
    PROFILE_EDITABLE: flag.default(true),
    /** Whether an account is made only once the link of a mail to its address was opened. */
    EMAIL_CONFIRMATION: flag.default(false),
    /** The first admin, made when absent; never in production. */
    BOOTSTRAP_ADMIN_EMAIL: mailAddress.optional(),
    BOOTSTRAP_ADMIN_PASSWORD: z.string().min(12).max(256).optional(),
    /** Requests a second; 0 turns one off. Bursts are 5, 2, 2 and 5 times as many. */
    RATE_LIMIT_USER_PER_SECOND: atLeast(0).default(20),
    RATE_LIMIT_ADDRESS_PER_SECOND: atLeast(0).default(500),
    RATE_LIMIT_SIGN_IN_PER_SECOND: atLeast(0).default(50),
    RATE_LIMIT_CLIENT_PER_SECOND: atLeast(0).default(100),
    /** Proxies whose `X-Forwarded-For` is trusted: addresses or CIDR ranges; none, if unset. */
    TRUSTED_PROXIES: listOf(
      z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be addresses or CIDR ranges'),
    ).optional(),
    /** Origins whose pages may call the API; none, if unset. */
    CORS_ORIGINS: origins.optional(),
    /** Sends the enrollment writes of a course to one instance, which commits them in groups. */
    ROUTE_BY_COURSE: flag.default(true),
    /** Requests under way at most; more are refused at once. */
    MAX_IN_FLIGHT: atLeast(1).default(1_000),
    /** Request bodies on their way at most, and of them those beyond 16 KiB; shared fairly by address. */
    MAX_ARRIVING_BODIES: atLeast(1).default(1_000),
    MAX_LARGE_BODIES: atLeast(1).default(64),
    /** Time without a byte of a body after which it is given up, ms. */
    BODY_STALL_MS: atLeast(1).default(5_000),
    /** Event-loop delay beyond which new requests are refused, ms. */
    MAX_LOOP_DELAY_MS: atLeast(1).default(250),
    /**
     * Streams that an instance holds at most, each kind by itself and shared fairly by address: seats of anonymous
     * and of signed-in callers, seats of courses that the client selects (each costs its service a stream), seats of
     * one course that are not shared (asked for with a query or another `Accept`), notifications (as many as an instance of their service holds).
     */
    LIVE_STREAMS_ANONYMOUS: atLeast(1).default(5_000),
    LIVE_STREAMS_SIGNED_IN: atLeast(1).default(3_000),
    LIVE_STREAMS_SELECTED: atLeast(1).default(4_000),
    LIVE_STREAMS_PASSED: atLeast(1).default(500),
    NOTIFICATION_STREAMS: atLeast(1).default(2_000),
    /** Streams that one user (of seats, and of notifications), and one address (of seats), may have open on an instance. */
    LIVE_STREAMS_PER_USER: atLeast(1).default(20),
    LIVE_STREAMS_PER_ADDRESS: atLeast(1).default(5_000),
    /** A stream of a service that sends nothing for so long is over, ms: services give a sign of life every 15 s. */
    STREAM_SILENCE_MS: atLeast(1).default(20_000),
    /** Open connections at most; shared fairly by address where no proxy is trusted. */
    MAX_CONNECTIONS: atLeast(1).default(20_000),
  })
  .superRefine((config, context) => {
    if (config.NODE_ENV === 'production' && config.BOOTSTRAP_ADMIN_EMAIL !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['BOOTSTRAP_ADMIN_EMAIL'],
        message: 'must not be set in production',
      });
    }
    for (const id of config.NODE_ENV === 'production' ? plainIssuers(config.OIDC_PROVIDERS ?? []) : []) {
      const message = `the issuer of ${id} must be an https URL in production`;
      context.addIssue({ code: 'custom', path: ['OIDC_PROVIDERS'], message });
    }
  });

/** The variables of the gateway. */
export type GatewayConfig = z.infer<typeof gatewayConfig>;

/** Our origin as browsers reach it. */
export function publicUrlOf({
  PUBLIC_URL,
  LINK_BASE,
}: Pick<GatewayConfig, 'PUBLIC_URL' | 'LINK_BASE'>): string {
  return PUBLIC_URL ?? new URL(LINK_BASE).origin;
}
