import { describe, expect, it } from 'vitest';
import { campusDate, campusTime } from './campus-time.ts';

describe('campus time in words', () => {
  it.each([
    ['2026-11-02T04:59:00Z', 'Nov 1, 2026, 11:59 PM EST'],
    ['2026-07-01T13:05:00Z', 'Jul 1, 2026, 9:05 AM EDT'],
    ['2026-01-01T05:00:00Z', 'Jan 1, 2026, 12:00 AM EST'],
    ['2026-01-01T17:00:00Z', 'Jan 1, 2026, 12:00 PM EST'],
  ])('says %s in New York', (at, words) => {
    expect(campusTime('America/New_York', 'en')(at)).toBe(words);
  });

  it('skips the hour that New York skips', () => {
    const say = campusTime('America/New_York', 'en');
    expect(say('2026-03-08T06:59:59.999Z')).toBe('Mar 8, 2026, 1:59 AM EST');
    expect(say('2026-03-08T07:00:00Z')).toBe('Mar 8, 2026, 3:00 AM EDT');
  });

  it('tells the two hours apart that New York repeats', () => {
    const say = campusTime('America/New_York', 'en');
    expect(say('2026-11-01T05:30:00Z')).toBe('Nov 1, 2026, 1:30 AM EDT');
    expect(say('2026-11-01T06:30:00Z')).toBe('Nov 1, 2026, 1:30 AM EST');
  });

  it.each([
    ['2026-03-29T00:59:00Z', 'Mar 29, 2026, 1:59 AM CET'],
    ['2026-03-29T01:00:00Z', 'Mar 29, 2026, 3:00 AM CEST'],
    ['2026-10-25T00:30:00Z', 'Oct 25, 2026, 2:30 AM CEST'],
    ['2026-10-25T01:30:00Z', 'Oct 25, 2026, 2:30 AM CET'],
  ])('says %s in Berlin', (at, words) => {
    expect(campusTime('Europe/Berlin', 'en')(at)).toBe(words);
  });

  it('follows the language, and keeps the abbreviation that people there know', () => {
    const at = '2026-11-02T04:59:00Z';
    expect(campusTime('Europe/Berlin', 'de')(at)).toBe('2. Nov. 2026, 05:59 MEZ');
    expect(campusTime('America/New_York', 'de')(at)).toBe('1. Nov. 2026, 23:59 EST');
    expect(campusTime('America/New_York', 'fr')(at)).toBe('1 nov. 2026, 23:59 EST');
    expect(campusTime('America/New_York', 'en-GB')(at)).toBe('1 Nov 2026, 23:59 EST');
  });

  it.each([
    ['UTC', 'Nov 2, 2026, 4:59 AM UTC'],
    ['Australia/Sydney', 'Nov 2, 2026, 3:59 PM AEDT'],
    ['Asia/Kolkata', 'Nov 2, 2026, 10:29 AM IST'],
    ['America/Sao_Paulo', 'Nov 2, 2026, 1:59 AM GMT-3'],
  ])('has an abbreviation of %s, or its offset where there is none', (zone, words) => {
    expect(campusTime(zone, 'en')('2026-11-02T04:59:00Z')).toBe(words);
  });

  it('takes dates and milliseconds alike, and writes plain spaces only', () => {
    const at = Date.UTC(2026, 10, 2, 4, 59);
    for (const locale of ['en', 'de', 'fr', 'es', 'ja']) {
      const say = campusTime('America/New_York', locale);
      expect([say(at), say(new Date(at))]).toEqual(Array(2).fill(say('2026-11-02T04:59:00.000Z')));
      expect(say(at)).not.toMatch(/[^\S ]/);
    }
  });

  it('refuses an unknown zone, an unknown locale and what is no time', () => {
    expect(() => campusTime('Mars/Olympus_Mons', 'en')).toThrow(RangeError);
    expect(() => campusTime('UTC', 'not a locale')).toThrow(RangeError);
    expect(() => campusTime('UTC', 'en')('soon')).toThrow(RangeError);
  });
});

describe('the date of a moment on campus', () => {
  it.each([
    ['America/New_York', '2026-11-01T03:59:59.999Z', '2026-10-31'],
    ['America/New_York', '2026-11-01T04:00:00.000Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T04:59:59.999Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T05:00:00.000Z', '2026-11-02'],
    ['America/New_York', '2026-03-08T04:59:59.999Z', '2026-03-07'],
    ['America/New_York', '2026-03-09T03:59:59.999Z', '2026-03-08'],
    ['Asia/Kolkata', '2026-12-31T18:30:00.000Z', '2027-01-01'],
    ['UTC', '2026-12-31T23:59:59.999Z', '2026-12-31'],
  ])('in %s at %s', (zone, at, date) => expect(campusDate(zone)(at)).toBe(date));

  it('refuses an unknown zone and what is no time', () => {
    expect(() => campusDate('Mars/Olympus_Mons')).toThrow(RangeError);
    expect(() => campusDate('UTC')('soon')).toThrow(RangeError);
  });
});
