import { afterEach, describe, expect, it, vi } from 'vitest';
import { until } from '@registrar/testing';
import { SlowClient } from '../../testing/slow-client.ts';
import { RequestBodies } from './request-bodies.ts';
import { startGateway } from '../../testing/start-gateway.ts';

const { system, gateway } = await startGateway({ RATE_LIMIT_USER_PER_SECOND: '0' });
afterEach(() => vi.restoreAllMocks());

/** A write whose head is admitted and whose body is not whole yet; `finish` sends the rest. */
async function begin(token: string): Promise<{ client: SlowClient; finish: () => void }> {
  // Known to be good, so that the head is admitted at once.
  expect((await gateway.get('/api/auth/me', token)).status).toBe(200);
  const reading = vi.spyOn(gateway.app.get(RequestBodies), 'ofRoute');
  const client = await SlowClient.connect(gateway.port, '127.0.0.2');
  const head = ['POST /api/enrollments HTTP/1.1', 'Host: x', `Authorization: Bearer ${token}`];
  const body = ['Content-Type: application/json', 'Content-Length: 2', 'Idempotency-Key: some-key-1'];
  client.sendText(`${[...head, ...body].join('\r\n')}\r\n\r\n{`);
  await until(() => reading.mock.calls.length === 1);
  system.enrollments.seen.length = 0;
  return { client, finish: () => client.sendText('}') };
}

describe('a token that ends while the body arrives', () => {
  it.each(['not at all', 'by a logout', 'by time'])('writes nothing any more: %s', async (how) => {
    const { accessToken } = await gateway.register(`${how.replaceAll(' ', '-')}@registrar.example`);
    const { client, finish } = await begin(accessToken);
    if (how === 'by a logout') await gateway.post('/api/auth/logout', undefined, accessToken);
    if (how === 'by time') {
      const later = Date.now() + 3_600_000;
      vi.spyOn(Date, 'now').mockReturnValue(later);
    }
    finish();
    await until(() => client.status !== undefined);
    const ended = how !== 'not at all';
    expect([client.status === 401, system.enrollments.seen.length]).toEqual([ended, ended ? 0 : 1]);
    if (ended) expect(client.text).toMatch(/www-authenticate: bearer/i);
    client.close();
  });
});
