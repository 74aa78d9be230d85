import { hostname } from 'node:os';
import { GradeScale, defaultGrades, defaultPassMark } from '@registrar/eligibility/rules';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const address = z.string().regex(/^[^\s:]+:\d{1,5}$/, 'must be host:port');

/** A list in one variable, separated by commas. */
export function listOf<Item extends z.ZodType<unknown, string>>(item: Item) {
  return z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item).min(1));
}

/** `true`/`false`, `1`/`0`, `on`/`off`, `yes`/`no` as a boolean. */
export const flag = z.stringbool({ truthy: ['true', '1', 'on', 'yes'], falsy: ['false', '0', 'off', 'no'] });

/** A whole number of at least `min`, from a variable. */
export const atLeast = (min: number) => z.coerce.number().int().min(min);

/** A secret that is long enough to sign with. */
export const secret = z.string().min(32, 'must have at least 32 characters');

/** An IANA time zone. Intl takes bare offsets too, which have no clock changes. */
const timeZone = z
  .string()
  .refine((name) => /^[A-Z]/i.test(name) && isKnownZone(name), 'must be an IANA time zone');

function isKnownZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** A BCP 47 language tag, in its canonical form. */
const locale = z.string().transform((tag, context) => {
  try {
    return new Intl.Locale(tag).toString();
  } catch {
    context.addIssue({ code: 'custom', message: 'must be BCP 47 language tags' });
    return z.NEVER;
  }
});

/** The grades of a campus, as `GradeScale` takes them. */
const grades = z.string().superRefine((list, { addIssue }) => {
  try {
    new GradeScale(list);
  } catch (error) {
    addIssue(error instanceof RangeError ? error.message : String(error));
  }
});

/** What every service reads from its environment. Apps extend it with their own. */
export const serviceConfig = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  /** Default loopback: a container sets 0.0.0.0. */
  HOST: z.string().default('127.0.0.1'),
  PORT: port,
  /** Where `/metrics` is served; never the public port. */
  MANAGEMENT_PORT: port,
  /** Address of that port. Loopback whatever `HOST` is: set it where something outside the container scrapes. */
  MANAGEMENT_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  INSTANCE_ID: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .default(
      `${hostname()
        .replaceAll(/[^A-Za-z0-9._-]/g, '-')
        .slice(0, 40)}-${process.pid}`,
    ),
  /** Tests shift the clock of registration by it (`followClockFile`); refused in production. */
  TEST_CLOCK_FILE: z.string().min(1).optional(),
  /** How long a shutdown may take before the process ends anyway. */
  SHUTDOWN_TIMEOUT_MS: atLeast(0).default(10_000),
  KAFKA_BROKERS: listOf(address),
  /** How the brokers are spoken to: as on this machine, by TLS, or by TLS as an IAM role (Amazon MSK). */
  KAFKA_SECURITY: z.enum(['plaintext', 'tls', 'iam']).default('plaintext'),
  TOPIC_PREFIX: z.string().default(''),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  /** Before every cache key, so that systems can share a Redis. */
  CACHE_PREFIX: z.string().default('registrar:'),
  /** Unset on AWS. */
  DYNAMODB_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  AWS_REGION: z.string().default('us-east-1'),
  TABLE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_.-]*$/)
    .default('registrar_'),
  /** What the campus calls itself. */
  CAMPUS_NAME: z.string().trim().min(1).max(100).default('Registrar'),
  /** Times said in words (refusals, mails) are in this zone. */
  CAMPUS_TIME_ZONE: timeZone.default('UTC'),
  /** Languages that people can choose; the first is the default. */
  CAMPUS_LOCALES: listOf(locale).default(['en', 'de']),
  /** Grades, best first, with `|` before those that do not pass. */
  GRADES: grades.default(defaultGrades),
  /** Least mark, of 0 to 100, that passes. */
  PASS_MARK: z.coerce.number().int().min(0).max(100).default(defaultPassMark),
  TOKEN_ISSUER: z.string().default('https://registrar.example'),
  TOKEN_AUDIENCE: z.string().default('registrar'),
  /** Where the gateway publishes its public keys. */
  JWKS_URL: z.url({ protocol: /^https?$/ }),
  /** Signs the tokens of internal calls; the same in all services. */
  SERVICE_TOKEN_SECRET: secret,
  /** Signs paging cursors. */
  CURSOR_SECRET: secret,
  /** Where spans are sent by OTLP over HTTP, such as http://127.0.0.1:4318; unset, none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** The share of traces that is recorded, of those that begin here: at the gateway, those of all requests. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
});

/** The variables that every service has. */
export type ServiceConfig = z.infer<typeof serviceConfig>;
