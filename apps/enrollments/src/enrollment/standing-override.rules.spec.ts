import { expect, it } from 'vitest';
import { standingOverride } from './standing-override.rules.ts';

type Entry = Parameters<typeof standingOverride>[0][number];

const waitlisted = { action: 'waitlisted', override: ['time_conflict'] };
const enrolled = { action: 'enrolled', override: ['course_full'] };
const passedOver = { action: 'passed_over', override: [] };
const amended = { action: 'amended', override: ['time_conflict'] };

it.each<[string, Entry[], string[]]>([
  ['nothing of no history', [], []],
  ['what was set aside when the place began', [waitlisted, passedOver], ['time_conflict']],
  ['the last beginning', [waitlisted, enrolled, { ...waitlisted, override: [] }], []],
  [
    'what an amendment carries on where the beginning has moved out',
    [amended, passedOver],
    ['time_conflict'],
  ],
  ['the beginning before an amendment', [amended, { ...waitlisted, override: [] }, amended], []],
  ['nothing of a seat alone', [enrolled], []],
])('is %s', (_name, history, expected) => {
  expect(standingOverride(history)).toEqual(expected);
});
