import { describe, expect, it } from 'vitest';
import { admin } from '../../testing/gateway-system.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import { startGateway } from '../../testing/start-gateway.ts';

const { gateway } = await startGateway({
  RATE_LIMIT_USER_PER_SECOND: '0',
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
});
const root = (await gateway.signIn(admin.email, admin.password)).accessToken;

/** Nobody can have one of these; some are empty or longer than a key once they are normalised. */
const strange = [
  ' ',
  '\t\n',
  '\u3000',
  '\ufdfa'.repeat(254),
  `${'\ufdfa'.repeat(230)}@registrar.example`,
  '\u0000',
  'nobody',
  '@',
  'a@b',
  'a b@registrar.example',
  'a'.repeat(254),
];

describe('a mail address that nobody can have', () => {
  it.each(strange)('%j signs nobody in, gets no mail, is not registered and not found', async (email) => {
    const login = await gateway.post('/api/auth/login', { email, password: 'x' });
    expect([login.status, login.json?.['code']]).toEqual([401, 'invalid_credentials']);
    expect((await gateway.post('/api/auth/password-reset', { email })).status).toBe(202);
    const register = await gateway.post('/api/auth/register', {
      email,
      password: goodPassword,
      name: 'Nobody',
    });
    expect([register.status, register.json?.['code']]).toEqual([422, 'validation_failed']);
    const found = await gateway.get(`/api/users?email=${encodeURIComponent(email)}`, root);
    expect([found.status, found.json]).toEqual([200, { items: [], nextCursor: null }]);
  });
});

it('half a surrogate pair in a mail address is no JSON', async () => {
  for (const email of ['\ud800', '\ud800@registrar.example']) {
    const { status, json } = await gateway.post('/api/auth/login', { email, password: 'x' });
    expect([status, json?.['code']]).toEqual([400, 'invalid_json']);
  }
});

describe('a mail address', () => {
  it('is the same in other letters, other Unicode forms and with space around it', async () => {
    await gateway.register("m.o'neil&co@registrar.example");
    for (const email of [" M.O'Neil&Co@Registrar.example ", 'm.o\uff07neil&co@registrar.example'])
      expect((await gateway.post('/api/auth/login', { email, password: goodPassword })).status).toBe(200);
  });

  it('closes after ten failures whether or not anybody can have it', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1)
      statuses.push(
        (await gateway.post('/api/auth/login', { email: 'nobody at all', password: 'x' })).status,
      );
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
  });
});
