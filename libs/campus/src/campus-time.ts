/** Says a moment in words: a date, milliseconds since the epoch, or RFC 3339. */
export type CampusTime = (at: Date | number | string) => string;

/** The date of a moment on campus, `YYYY-MM-DD`. */
export type CampusDate = (at: Date | number | string) => string;

/** @param timeZone IANA name @throws RangeError for an unknown zone; the formatter throws it for what is no time */
export function campusDate(timeZone: string): CampusDate {
  const formatter = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (at) => formatter.format(new Date(at));
}

const inWords = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const;

/** Locales with abbreviations for the zones of their own part of the world. */
const regions = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA'];
/** What Intl gives where a locale has no abbreviation. */
const offset = /^(?:GMT|UTC)[+\u2212-]/;
/** Intl puts narrow and unbreakable spaces into times; mails, logs and searches expect plain ones. */
const wideSpaces = /[\u00a0\u202f]/g;

/**
 * A formatter of times in words: campus time, with the abbreviation of the zone, as "Nov 1, 2026, 11:59 PM EST".
 *
 * @param timeZone IANA name
 * @param locale BCP 47
 * @throws RangeError for an unknown zone or locale; the formatter throws it for what is no time
 */
export function campusTime(timeZone: string, locale: string): CampusTime {
  const formatter = new Intl.DateTimeFormat(locale, { ...inWords, timeZone });
  const ofRegions = regions.map((region) => new Intl.DateTimeFormat(region, { ...inWords, timeZone }));
  return (at) => {
    const moment = new Date(at);
    const parts = formatter.formatToParts(moment);
    const words = parts.map(({ type, value }) =>
      type === 'timeZoneName' ? abbreviationOf(value, ofRegions, moment) : value,
    );
    return words.join('').replaceAll(wideSpaces, ' ');
  };
}

function abbreviationOf(own: string, ofRegions: readonly Intl.DateTimeFormat[], moment: Date): string {
  if (!offset.test(own)) return own;
  for (const formatter of ofRegions) {
    const found = formatter.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value;
    if (found !== undefined && !offset.test(found)) return found;
  }
  return own;
}
