import { describe, expect, it } from 'vitest';
import { appEnvironment } from './app-environment.ts';
import { perApp } from './app-names.ts';

const instance = { port: 3001, managementPort: 4001 };
const around = {
  inherited: {
    PATH: '/bin',
    PORT: '3000',
    LOG_LEVEL: 'warn',
    RATE_LIMIT_USER_PER_SECOND: '0',
    REDIS_URL: 'redis://elsewhere:6379',
    DEMO_PASSWORD: 'not for everybody',
    npm_lifecycle_event: 'start',
    TABLE_PREFIX: 'trial_',
  },
  addresses: {
    REDIS_URL: 'redis://127.0.0.1:6379/0',
    JOBS_REDIS_URL: 'redis://127.0.0.1:6379/1',
    KAFKA_BROKERS: '127.0.0.1:9092',
    DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
    SMTP_URL: 'smtp://127.0.0.1:1025',
  },
  ports: {
    ...perApp(() => [instance]),
    gateway: [{ port: 3000, managementPort: 4000 }],
    enrollments: [
      { port: 3002, managementPort: 4002 },
      { port: 5002, managementPort: 5003 },
    ],
    notifications: [{ port: 3003, managementPort: 4003 }],
  },
  secrets: { SERVICE_TOKEN_SECRET: 's'.repeat(32), CURSOR_SECRET: 'c'.repeat(32) },
  signingKeysFile: '/checkout/.local/dev/signing-keys.json',
  portalDirectory: '/checkout/apps/portal/dist',
  admin: { email: 'admin@registrar.example', password: 'registrar-demo-2026' },
};

describe('appEnvironment', () => {
  it('gives an app its own ports and the addresses of the backing services, whatever was inherited', () => {
    expect(appEnvironment('courses', instance, around)).toMatchObject({
      HOST: '127.0.0.1',
      PORT: '3001',
      MANAGEMENT_PORT: '4001',
      MANAGEMENT_HOST: '127.0.0.1',
      REDIS_URL: 'redis://127.0.0.1:6379/0',
      NODE_ENV: 'development',
      JWKS_URL: 'http://127.0.0.1:3000/.well-known/jwks.json',
      SERVICE_TOKEN_SECRET: 's'.repeat(32),
    });
  });

  it('hands on options of the apps and the prefixes', () => {
    expect(appEnvironment('courses', instance, around)).toMatchObject({
      PATH: '/bin',
      LOG_LEVEL: 'warn',
      RATE_LIMIT_USER_PER_SECOND: '0',
      TABLE_PREFIX: 'trial_',
    });
  });

  it('puts the campus in New York, where nothing else is said', () => {
    expect(appEnvironment('enrollments', instance, around)).toMatchObject({
      CAMPUS_TIME_ZONE: 'America/New_York',
    });
    const inherited = { ...around.inherited, CAMPUS_TIME_ZONE: 'Europe/Berlin' };
    expect(appEnvironment('gateway', instance, { ...around, inherited })).toMatchObject({
      CAMPUS_TIME_ZONE: 'Europe/Berlin',
    });
  });

  it('names all instances of an app that runs more than once', () => {
    const urls = 'http://127.0.0.1:3002,http://127.0.0.1:5002';
    expect(appEnvironment('gateway', instance, around)['ENROLLMENTS_URL']).toBe(urls);
    expect(appEnvironment('courses', instance, around)['ENROLLMENTS_URL']).toBe(urls);
  });

  it('tells passwords and keys to the gateway only', () => {
    const inGateway = appEnvironment('gateway', instance, around);
    expect(inGateway).toMatchObject({
      BOOTSTRAP_ADMIN_PASSWORD: 'registrar-demo-2026',
      SIGNING_KEYS_FILE: '/checkout/.local/dev/signing-keys.json',
    });
    const inCourses = appEnvironment('courses', instance, around);
    for (const name of [
      'BOOTSTRAP_ADMIN_PASSWORD',
      'SIGNING_KEYS_FILE',
      'DEMO_PASSWORD',
      'npm_lifecycle_event',
    ]) {
      expect(inCourses).not.toHaveProperty(name);
    }
  });

  it('has the gateway serve the portal, where it is built', () => {
    expect(appEnvironment('gateway', instance, around)).toMatchObject({
      PORTAL_DIR: '/checkout/apps/portal/dist',
    });
    const unbuilt = { ...around, portalDirectory: undefined };
    expect(appEnvironment('gateway', instance, unbuilt)).not.toHaveProperty('PORTAL_DIR');
    expect(appEnvironment('courses', instance, around)).not.toHaveProperty('PORTAL_DIR');
  });

  it('tells only notifications how to send mail', () => {
    expect(appEnvironment('notifications', instance, around)).toMatchObject({
      JOBS_REDIS_URL: 'redis://127.0.0.1:6379/1',
      SMTP_URL: 'smtp://127.0.0.1:1025',
      GATEWAY_URL: 'http://127.0.0.1:3000',
      LINK_BASE: 'http://127.0.0.1:3000',
    });
    expect(appEnvironment('enrollments', instance, around)).not.toHaveProperty('SMTP_URL');
  });
});
