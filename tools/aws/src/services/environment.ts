import type { AppName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { tablePrefix } from '../data/table-files.ts';
import { apiPort, managementPort } from './ports.ts';

/** What the variables of a service are made of. */
export interface Surroundings {
  readonly publicUrl: string;
  readonly campus: Deployment['campus'];
  readonly retentionDays?: Deployment['retentionDays'];
  readonly accounts?: Deployment['accounts'];
  readonly mailDomain: string;
  readonly internalDomain: string;
  readonly brokers: string;
  readonly region: string;
  /** Subnets of the load balancer and of the CDN's interfaces, whose word on a client's address is taken. */
  readonly balancerCidrs: readonly string[];
}

/** Where the gateway finds its keys: memory, for the root file system is read-only. */
export const signingKeysFile = '/dev/shm/signing-keys.json';

/** Where the gateway's image has the portal. */
const portalDirectory = '/registrar/portal';

/** The plain variables of a service, by the names that its config reads. None of them is a secret. */
export function environmentOf(app: AppName, around: Surroundings): Record<string, string> {
  return { ...commonOf(around), ...ownOf(app, around) };
}

/** The secret variables of a service. `SIGNING_KEYS` becomes the file of the gateway's keys. */
export const secretNames: Readonly<Record<AppName, readonly string[]>> = {
  gateway: ['SERVICE_TOKEN_SECRET', 'CURSOR_SECRET', 'REDIS_URL', 'SIGNING_KEYS', 'OIDC_PROVIDERS'],
  courses: ['SERVICE_TOKEN_SECRET', 'CURSOR_SECRET', 'REDIS_URL'],
  enrollments: ['SERVICE_TOKEN_SECRET', 'CURSOR_SECRET', 'REDIS_URL'],
  notifications: ['SERVICE_TOKEN_SECRET', 'CURSOR_SECRET', 'REDIS_URL', 'JOBS_REDIS_URL', 'SMTP_URL'],
};

function urlOf(app: AppName, { internalDomain }: Surroundings): string {
  return `http://${app}.${internalDomain}:${apiPort}`;
}

function commonOf(around: Surroundings): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: String(apiPort),
    MANAGEMENT_PORT: String(managementPort),
    KAFKA_BROKERS: around.brokers,
    KAFKA_SECURITY: 'iam',
    AWS_REGION: around.region,
    TABLE_PREFIX: tablePrefix,
    CAMPUS_NAME: around.campus.name,
    CAMPUS_TIME_ZONE: around.campus.timeZone,
    CAMPUS_LOCALES: around.campus.locales.join(','),
    ...gradesOf(around.campus),
    ...retentionOf(around.retentionDays),
    TOKEN_ISSUER: around.publicUrl,
    JWKS_URL: `${urlOf('gateway', around)}/.well-known/jwks.json`,
  };
}

function retentionOf(days: Surroundings['retentionDays'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(days).map(([name, value]) => [name, String(value)]));
}

function accountsOf(accounts: Surroundings['accounts'] = {}): Record<string, string> {
  const { selfRegistration, registrationDomains, emailConfirmation, profileEditable } = accounts;
  const flags = {
    SELF_REGISTRATION: selfRegistration,
    EMAIL_CONFIRMATION: emailConfirmation,
    PROFILE_EDITABLE: profileEditable,
  };
  const stated = Object.entries(flags).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(stated.map(([name, value]) => [name, value ? 'on' : 'off'])),
    ...(registrationDomains && { REGISTRATION_DOMAINS: registrationDomains.join(',') }),
  };
}

function gradesOf({ grades, passMark }: Surroundings['campus']): Record<string, string> {
  return {
    ...(grades !== undefined && { GRADES: grades }),
    ...(passMark !== undefined && { PASS_MARK: String(passMark) }),
  };
}

function ownOf(app: AppName, around: Surroundings): Record<string, string> {
  const url = (name: AppName): string => urlOf(name, around);
  switch (app) {
    case 'gateway':
      return {
        COURSES_URL: url('courses'),
        ENROLLMENTS_URL: url('enrollments'),
        NOTIFICATIONS_URL: url('notifications'),
        SIGNING_KEYS_FILE: signingKeysFile,
        PUBLIC_URL: around.publicUrl,
        LINK_BASE: `${around.publicUrl}/reset-password`,
        ...accountsOf(around.accounts),
        PORTAL_DIR: portalDirectory,
        TRUSTED_PROXIES: around.balancerCidrs.join(','),
      };
    case 'courses':
      return { ENROLLMENTS_URL: url('enrollments'), GATEWAY_URL: url('gateway') };
    case 'enrollments':
      return { GATEWAY_URL: url('gateway') };
    case 'notifications':
      return {
        GATEWAY_URL: url('gateway'),
        ENROLLMENTS_URL: url('enrollments'),
        MAIL_FROM: `Registrar <no-reply@${around.mailDomain}>`,
        LINK_BASE: around.publicUrl,
      };
  }
}
