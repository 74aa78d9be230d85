import { describe, expect, it } from 'vitest';
import { startGateway } from '../testing/start-gateway.ts';

const { gateway } = await startGateway({
  CAMPUS_NAME: 'Example University',
  CAMPUS_TIME_ZONE: 'Europe/Berlin',
  CAMPUS_LOCALES: 'de,en',
  SELF_REGISTRATION: 'off',
  GRADES: 'excellent,good,fair|poor',
  PASS_MARK: '60',
  RETENTION_NOTIFICATIONS_DAYS: '30',
});

describe('the campus', () => {
  it('is told to everybody, cacheable as the catalogue is', async () => {
    const answer = await gateway.get('/api/campus');
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        name: 'Example University',
        timeZone: 'Europe/Berlin',
        locales: ['de', 'en'],
        registration: { selfService: false, confirmation: false },
        signIn: [{ id: 'password', kind: 'password', name: 'Password' }],
        grading: { grades: 'excellent,good,fair|poor', passMark: 60 },
      },
    ]);
    expect(answer.headers['cache-control']).toBe('public, max-age=1');
    const unchanged = await gateway.get('/api/campus', undefined, {
      'if-none-match': String(answer.headers['etag']),
    });
    expect([unchanged.status, unchanged.text]).toEqual([304, '']);
  });

  it('says for how long what is kept, as it is set', async () => {
    const answer = await gateway.get('/api/campus/retention');
    expect(answer.status).toBe(200);
    const { items } = answer.json as { items: { name: string; days: number | null }[] };
    const days = new Map(items.map((item) => [item.name, item.days]));
    expect([days.get('notifications'), days.get('holds'), days.get('dead-letters')]).toEqual([30, 365, 14]);
    expect(days.get('academic-records')).toBeNull();
    for (const item of items) expect(Object.keys(item).sort()).toEqual(['covers', 'days', 'name', 'service']);
    expect(answer.headers['cache-control']).toBe('public, max-age=1');
  });

  it('takes no query', async () => {
    const answer = await gateway.get('/api/campus?locale=fr');
    expect([answer.status, answer.json?.['code']]).toEqual([422, 'validation_failed']);
  });
});
