/** Variables that every service needs, for one whose Redis, keys and secrets a test does not use. */
export const idleEnvironment = {
  PORT: '0',
  MANAGEMENT_PORT: '0',
  REDIS_URL: 'redis://127.0.0.1:6379',
  JWKS_URL: 'http://127.0.0.1:3000/.well-known/jwks.json',
  SERVICE_TOKEN_SECRET: 'x'.repeat(32),
  CURSOR_SECRET: 'x'.repeat(32),
};
