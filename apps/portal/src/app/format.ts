import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { useCampus } from './campus.ts';
import { tagOf } from './preferences.ts';
import type { Weekday } from './weekdays.ts';
import { weekdays } from './weekdays.ts';

/** Dates, times and numbers in the reader's language, in campus time: never the browser's zone. */
export interface Format {
  /** "Nov 1, 2026, 11:59 PM EST". */
  moment(at: string | number): string;
  /** "10:02:14 AM". */
  clock(at: string | number): string;
  /** "Nov 1, 2026": of a moment, or of a day as `YYYY-MM-DD`. */
  day(at: string): string;
  /** "Monday", or "Mon". */
  weekday(day: Weekday, width?: 'long' | 'short'): string;
  /** "9:30 AM" of "09:30". */
  time(clock: string): string;
  /** "3", "2.5". */
  number(value: number): string;
  /** "A, B, and C", or with "or". */
  list(values: readonly string[], word: 'and' | 'or'): string;
  /** "2 d 3 h", "4 min 5 s": of whole seconds, in the two largest units. */
  duration(seconds: number): string;
  /** "in 2 hours", "3 days ago". */
  ago(at: string | number, now: number): string;
}

/** The reader's format. */
export function useFormat(): Format {
  const { i18n } = useLingui();
  const { timeZone } = useCampus();
  return useMemo(() => formatOf(tagOf(i18n.locale), timeZone), [i18n.locale, timeZone]);
}

/** The format of a language and a campus zone (IANA). */
export function formatOf(locale: string, timeZone: string): Format {
  const of = (options: Intl.DateTimeFormatOptions, zone = timeZone) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    return (at: Date) => format.format(at).replaceAll(/[\u202f\u00a0]/g, ' ');
  };
  const date = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  const moment = of({ ...date, hour: 'numeric', minute: '2-digit', timeZoneName: 'short' });
  const clock = of({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
  const dayOfMoment = of(date);
  const dayOfDate = of(date, 'UTC');
  const long = of({ weekday: 'long' }, 'UTC');
  const short = of({ weekday: 'short' }, 'UTC');
  const time = of({ hour: 'numeric', minute: '2-digit' }, 'UTC');
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const and = new Intl.ListFormat(locale, { type: 'conjunction' });
  const or = new Intl.ListFormat(locale, { type: 'disjunction' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    moment: (at) => moment(new Date(at)),
    clock: (at) => clock(new Date(at)),
    day: (at) =>
      /^\d{4}-\d{2}-\d{2}$/.test(at) ? dayOfDate(new Date(`${at}T00:00Z`)) : dayOfMoment(new Date(at)),
    // 5 January 1970 was a Monday.
    weekday: (day, width = 'long') =>
      (width === 'long' ? long : short)(new Date(Date.UTC(1970, 0, 5 + weekdays.indexOf(day)))),
    time: (text) => time(new Date(`1970-01-01T${text}Z`)),
    number: (value) => number.format(value),
    list: (values, word) => (word === 'and' ? and : or).format(values),
    duration: (seconds) => {
      const parts = durationParts(seconds).map(([value, unit]) =>
        new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value),
      );
      return parts.join(' ');
    },
    ago: (at, now) => {
      const seconds = Math.round((new Date(at).getTime() - now) / 1_000);
      const [unit, size] = unitOf(Math.abs(seconds));
      return relative.format(Math.trunc(seconds / size), unit);
    },
  };
}

function unitOf(seconds: number): ['second' | 'minute' | 'hour' | 'day', number] {
  if (seconds < 60) return ['second', 1];
  if (seconds < 3_600) return ['minute', 60];
  return seconds < 86_400 ? ['hour', 3_600] : ['day', 86_400];
}

/** The two largest units of a duration that are not zero. */
function durationParts(seconds: number): [number, string][] {
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3_600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  return first === -1 ? parts.slice(-1) : parts.slice(first, first + 2);
}
