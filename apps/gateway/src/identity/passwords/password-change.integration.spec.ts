import { describe, expect, it, vi } from 'vitest';
import { goodPassword } from '../../testing/running-gateway.ts';
import { PasswordHasher } from './password-hasher.ts';
import { startGateway } from '../../testing/start-gateway.ts';

const { gateway } = await startGateway({ RATE_LIMIT_USER_PER_SECOND: '0' });

describe('changing a password', () => {
  it('compares no more than ten guesses, however many come at once, and then not even the right one', async () => {
    const { accessToken } = await gateway.register('guessed@registrar.example');
    const compared = vi.spyOn(gateway.app.get(PasswordHasher, { strict: false }), 'matches');
    const change = (currentPassword: string) =>
      gateway.post('/api/auth/password', { currentPassword, newPassword: 'a whole new one' }, accessToken);
    const guesses = await Promise.all(Array.from({ length: 20 }, (_, at) => change(`wrong guess ${at}`)));
    expect(new Set(guesses.map(({ json }) => json?.['code']))).toEqual(new Set(['invalid_credentials']));
    expect(compared).toHaveBeenCalledTimes(10);
    expect((await change(goodPassword)).status).toBe(401);
    expect(compared).toHaveBeenCalledTimes(10);
  });

  it('refuses what would wait too long for one account', async () => {
    const { accessToken } = await gateway.register('flooded@registrar.example');
    const body = { currentPassword: 'wrong', newPassword: 'a whole new one' };
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => gateway.post('/api/auth/password', body, accessToken)),
    );
    const codes = new Set(answers.map(({ json }) => json?.['code']));
    expect(codes).toEqual(new Set(['invalid_credentials', 'overloaded']));
  });
});
