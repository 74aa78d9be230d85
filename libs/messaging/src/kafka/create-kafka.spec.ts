import { afterEach, describe, expect, it, vi } from 'vitest';
import { securityOf } from './create-kafka.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the way to the brokers', () => {
  it('is plain text unless told', () => {
    expect(securityOf({})).toEqual({});
    expect(securityOf({ KAFKA_SECURITY: 'plaintext' })).toEqual({});
  });

  it('is TLS without a name where that is asked for', () => {
    expect(securityOf({ KAFKA_SECURITY: 'tls' })).toEqual({ ssl: true });
  });

  it('is TLS with a signed token of the role on Amazon MSK', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
    const { ssl, sasl } = securityOf({ KAFKA_SECURITY: 'iam', AWS_REGION: 'eu-west-1' });
    expect(ssl).toBe(true);
    if (!sasl || !('oauthBearerProvider' in sasl)) throw new Error('no token is offered');
    const { value } = await sasl.oauthBearerProvider();
    const url = new URL(Buffer.from(value, 'base64url').toString());
    expect(url.host).toBe('kafka.eu-west-1.amazonaws.com');
    expect(url.searchParams.get('Action')).toBe('kafka-cluster:Connect');
    expect(url.searchParams.get('X-Amz-Credential')).toMatch(
      /^AKIDEXAMPLE\/\d{8}\/eu-west-1\/kafka-cluster\//,
    );
    expect(url.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
  });
});
