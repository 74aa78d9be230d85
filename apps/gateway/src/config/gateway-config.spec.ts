import type { ConfigError } from '@registrar/service';
import { loadConfig } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import { gatewayConfig } from './gateway-config.ts';

const env = {
  PORT: '3000',
  MANAGEMENT_PORT: '3001',
  KAFKA_BROKERS: '127.0.0.1:9092',
  REDIS_URL: 'redis://127.0.0.1:6379',
  JWKS_URL: 'http://127.0.0.1:3000/.well-known/jwks.json',
  SERVICE_TOKEN_SECRET: 'a secret of the tests that is long enough',
  CURSOR_SECRET: 'a secret of the tests that is long enough',
  SIGNING_KEYS_FILE: '/etc/registrar/keys.json',
  COURSES_URL: 'http://a:1, http://b:2',
  ENROLLMENTS_URL: 'http://c:3',
  NOTIFICATIONS_URL: 'http://d:4',
};

function faultsOf(changed: Record<string, string>): string[] {
  try {
    loadConfig(gatewayConfig, { ...env, ...changed });
    return [];
  } catch (error) {
    return (error as ConfigError).faults;
  }
}

describe('the configuration', () => {
  it('is complete with what is required', () => {
    expect(loadConfig(gatewayConfig, env)).toMatchObject({
      NODE_ENV: 'production',
      COURSES_URL: ['http://a:1', 'http://b:2'],
      RATE_LIMIT_USER_PER_SECOND: 20,
      ROUTE_BY_COURSE: true,
      SELF_REGISTRATION: true,
    });
  });

  it.each([
    [{ COURSES_URL: 'nonsense' }, 'COURSES_URL'],
    [{ CORS_ORIGINS: '*' }, 'CORS_ORIGINS'],
    [{ CORS_ORIGINS: 'https://a.example/path' }, 'CORS_ORIGINS'],
    [{ RATE_LIMIT_USER_PER_SECOND: '-1' }, 'RATE_LIMIT_USER_PER_SECOND'],
    [{ BOOTSTRAP_ADMIN_EMAIL: 'admin@registrar.example' }, 'BOOTSTRAP_ADMIN_EMAIL'],
    [{ TRUSTED_PROXIES: 'everybody' }, 'TRUSTED_PROXIES'],
    [{ PUBLIC_URL: 'https://registrar.example/portal' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'http://registrar.example' }, 'PUBLIC_URL'],
    [{ OIDC_PROVIDERS: '[{}]' }, 'OIDC_PROVIDERS: [0].id'],
    [
      {
        OIDC_PROVIDERS:
          '[{"id":"local","name":"L","issuer":"http://127.0.0.1:9","clientId":"c","clientSecret":"s"}]',
      },
      'the issuer of local must be an https URL in production',
    ],
  ])('refuses %j', (changed, name) => {
    expect(faultsOf(changed).join('\n')).toContain(name);
  });

  it('names every fault at once', () => {
    expect(faultsOf({ SERVICE_TOKEN_SECRET: 'short', ENROLLMENTS_URL: 'x', PORT: 'y' })).toHaveLength(3);
  });
});
