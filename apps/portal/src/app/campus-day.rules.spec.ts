import { describe, expect, it } from 'vitest';
import { campusDayAt } from './campus-day.rules.ts';

describe('the day on campus', () => {
  it.each([
    ['2026-11-02T04:59:59Z', 'America/New_York', '2026-11-01', 'sun'],
    ['2026-11-02T05:00:00Z', 'America/New_York', '2026-11-02', 'mon'],
    ['2026-11-01T15:00:00Z', 'Asia/Tokyo', '2026-11-02', 'mon'],
    ['2026-12-31T23:30:00Z', 'UTC', '2026-12-31', 'thu'],
  ])('at %s in %s is %s, %s', (at, zone, date, weekday) => {
    expect(campusDayAt(Date.parse(at), zone)).toEqual({ date, weekday });
  });
});
