import type { Addresses } from '../backing/part.ts';
import type { Secrets } from './secrets.ts';
import type { AppName, PerApp } from './app-names.ts';

/** The ports of one instance of an app. */
export interface AppPorts {
  readonly port: number;
  readonly managementPort: number;
}

/** What the apps of one system have in common. */
export interface SystemSurroundings {
  /** The environment that the launcher was started with: apps read further options from it. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  readonly addresses: Addresses;
  readonly ports: PerApp<readonly AppPorts[]>;
  readonly secrets: Secrets;
  readonly signingKeysFile: string;
  /** The built portal, which the gateway serves; none where it is not built. */
  readonly portalDirectory: string | undefined;
  readonly admin: { readonly email: string; readonly password: string };
  /** The gateway's `OIDC_PROVIDERS` of a local provider; undefined where there is none. */
  readonly oidcProviders?: string | undefined;
}

/** The address of one instance. */
export function urlOf({ port }: AppPorts): string {
  return `http://127.0.0.1:${port}`;
}

/** The addresses of all instances of an app, as the other apps read them. */
function urlsOf(ports: readonly AppPorts[]): string {
  return ports.map(urlOf).join(',');
}

function firstUrl(ports: readonly AppPorts[]): string {
  return ports.slice(0, 1).map(urlOf).join();
}

type OwnVariables = (around: SystemSurroundings) => Record<string, string>;

/** What an app reads beside the variables that every app has; nothing where it is not named here. */
const ownVariables: Partial<PerApp<OwnVariables>> = {
  gateway: ({ ports, signingKeysFile, portalDirectory, admin, oidcProviders }) => ({
    COURSES_URL: urlsOf(ports.courses),
    ENROLLMENTS_URL: urlsOf(ports.enrollments),
    NOTIFICATIONS_URL: urlsOf(ports.notifications),
    SIGNING_KEYS_FILE: signingKeysFile,
    LINK_BASE: `${firstUrl(ports.gateway)}/reset-password`,
    ...(portalDirectory === undefined ? {} : { PORTAL_DIR: portalDirectory }),
    BOOTSTRAP_ADMIN_EMAIL: admin.email,
    BOOTSTRAP_ADMIN_PASSWORD: admin.password,
    ...(oidcProviders === undefined ? {} : { OIDC_PROVIDERS: oidcProviders }),
  }),
  courses: ({ ports }) => ({
    ENROLLMENTS_URL: urlsOf(ports.enrollments),
    GATEWAY_URL: urlsOf(ports.gateway),
  }),
  enrollments: ({ ports }) => ({ GATEWAY_URL: urlsOf(ports.gateway) }),
  notifications: ({ addresses, ports }) => ({
    GATEWAY_URL: urlsOf(ports.gateway),
    ENROLLMENTS_URL: urlsOf(ports.enrollments),
    JOBS_REDIS_URL: addresses.JOBS_REDIS_URL,
    SMTP_URL: addresses.SMTP_URL,
    MAIL_FROM: 'Registrar <no-reply@registrar.example>',
    LINK_BASE: firstUrl(ports.gateway),
  }),
};

/** Variables of the package manager and of this tool, which say nothing to an app. */
function inheritedByApps(env: SystemSurroundings['inherited']): Record<string, string | undefined> {
  const own = /^(npm_|NX_|DEMO_PASSWORD$|MAIL_PAGE_|TEST_KIND$|REGISTRAR_|VITEST|INSTANCE_ID$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}

/**
 * The whole environment of one instance of an app.
 *
 * What the launcher was started with comes first, so that any option of the apps can be given to it; what
 * makes the parts a system (ports, addresses, secrets) is set here whatever was given.
 */
export function appEnvironment(
  app: AppName,
  instance: AppPorts,
  around: SystemSurroundings,
): Record<string, string | undefined> {
  const { addresses, secrets } = around;
  return {
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    CAMPUS_TIME_ZONE: 'America/New_York',
    ...inheritedByApps(around.inherited),
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: String(instance.port),
    MANAGEMENT_PORT: String(instance.managementPort),
    MANAGEMENT_HOST: '127.0.0.1',
    KAFKA_BROKERS: addresses.KAFKA_BROKERS,
    REDIS_URL: addresses.REDIS_URL,
    DYNAMODB_ENDPOINT: addresses.DYNAMODB_ENDPOINT,
    JWKS_URL: `${firstUrl(around.ports.gateway)}/.well-known/jwks.json`,
    ...secrets,
    ...ownVariables[app]?.(around),
  };
}
