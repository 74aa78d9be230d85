/** One variable of the stack. @throws Error where the environment does not have it */
export function stackVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: integration tests need the stack.`);
  return value;
}

/** The brokers of the stack. */
export function stackBrokers(): string[] {
  return stackVariable('KAFKA_BROKERS').split(',');
}

/** The variables of a service under test on the stack, apart from all others by `prefix`. */
export function stackEnvironment(prefix: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    PORT: '0',
    MANAGEMENT_PORT: '0',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'fatal',
    KAFKA_BROKERS: stackVariable('KAFKA_BROKERS'),
    TOPIC_PREFIX: prefix,
    REDIS_URL: stackVariable('REDIS_URL'),
    CACHE_PREFIX: prefix,
    DYNAMODB_ENDPOINT: stackVariable('DYNAMODB_ENDPOINT'),
    TABLE_PREFIX: prefix,
    JWKS_URL: 'http://127.0.0.1:9/jwks',
    SERVICE_TOKEN_SECRET: 'test-secret-of-more-than-32-characters',
    CURSOR_SECRET: 'test-secret-of-more-than-32-characters',
  };
}
