import type { RefusalParams } from '@registrar/contracts-enrollments';
import { plural, t } from '@lingui/core/macro';
import { meetingDates } from '../catalogue/meeting-dates.ts';
import type { Format } from '../app/format.ts';
import type { Weekday } from '../app/weekdays.ts';
import { requirementWords, restrictionWords } from './requirement-words.ts';
import type { Refusal } from './refusals-in.rules.ts';
import type { Foreseen } from './why-not.rules.ts';

/** What words are made with. */
export interface Speech {
  readonly format: Format;
  /** The reader's language. */
  readonly locale: string;
}

type Code = keyof RefusalParams;
type Words = { readonly [C in Code]: (params: RefusalParams[C], speech: Speech) => string };
type MeetingParams = RefusalParams['time_conflict']['conflicts'][number]['meeting'];

/**
 * A refusal in the reader's language, by its code and params. In English the server's own words stand; they do as well
 * where a code or its params are not known to this release.
 */
export function wordsForRefusal(problem: Refusal, speech: Speech): string {
  if (speech.locale === 'en' && problem.detail !== '') return problem.detail;
  const say = words[problem.code as Code] as ((params: unknown, speech: Speech) => string) | undefined;
  try {
    return say === undefined || problem.params === undefined ? problem.detail : say(problem.params, speech);
  } catch {
    return problem.detail; // Params of another release.
  }
}

/** The same words for what the page foresees itself. */
export function wordsForForeseen(problem: Foreseen, speech: Speech): string {
  return (words[problem.code] as (params: unknown, speech: Speech) => string)(problem.params, speech);
}

const words: Words = {
  course_not_open: ({ course: { code }, status }) =>
    status === 'cancelled'
      ? t`${code} was cancelled and takes no more students. Choose another course.`
      : t`${code} is closed for enrollment. Choose another section, or ask the registrar's office.`,
  registration_paused: () =>
    t`The registrar's office has paused registration. Places that you have stay yours; try again when it continues.`,
  enrollment_window_closed: ({ isOpening, opensAt, closesAt, ticket }, { format }) => {
    const opens = format.moment(opensAt);
    const closed = format.moment(closesAt);
    if (!isOpening)
      return t`Enrollment closed on ${closed}. Ask the registrar's office about a late enrollment.`;
    return ticket === null
      ? t`Enrollment opens on ${opens}. Come back then.`
      : t`Your enrollment opens on ${opens} (${ticket}). Come back then.`;
  },
  hold: ({ blocks, holds }, { format }) => {
    const offices = format.list([...new Set(holds.map(({ office }) => office))], 'and');
    return blocks === 'drop'
      ? t`A hold on your account stops you from dropping courses. Contact ${offices} to have it released.`
      : t`A hold on your account stops you from enrolling. Contact ${offices} to have it released.`;
  },
  already_enrolled: ({ course, other }) => {
    const code = other?.code ?? course?.code ?? '';
    if (other === null || other.courseId === course?.id) return t`You are in this course already.`;
    return other.status === 'waitlisted'
      ? t`You are on the waitlist of another section of ${code}. Swap sections, or leave that waitlist first.`
      : t`You are enrolled in another section of ${code}. Swap sections, or drop that one first.`;
  },
  restricted: ({ course: { code }, restriction }, { format }) => {
    const who = restrictionWords(restriction, format);
    return t`${code} is open to some students only: ${who}. Choose another course, or ask the registrar's office for an exception.`;
  },
  permission_required: ({ course: { code } }) =>
    t`${code} needs the instructor's permission. Ask for a permit, and enroll once you have it.`,
  prerequisite_not_met: ({ course: { code }, missing }, { format }) => {
    const list = requirementWords(missing, format);
    return t`For ${code} you still need: ${list}. Complete it first, or ask the registrar's office for an exception.`;
  },
  linked_section_required: ({ course: { code }, with: lecture }) => {
    const other = lecture?.code ?? '';
    return lecture === null
      ? t`${code} is taken together with one of its linked sections. Choose one of each kind, and enroll in all of them at once.`
      : t`${code} is taken and dropped together with ${other}. Choose it on the page of ${other}.`;
  },
  time_conflict: ({ course: { code }, conflicts }, { format }) => {
    const [first] = conflicts;
    if (first === undefined) return t`${code} meets at the same time as another course of yours.`;
    const other = first.course.code;
    const when = meetingWords(first.meeting, format);
    const otherWhen = meetingWords(first.ownMeeting, format);
    return t`${code} meets ${when}, when you are in ${other} (${otherWhen}). Choose another section, or swap the two.`;
  },
  credit_limit_exceeded: ({ course: { code }, limitOf, credits, taken, limit }, { format }) => {
    if (limitOf === 'places')
      return t`You have ${taken} courses and waiting places this semester, the most that one student can have. Drop one first.`;
    const has = format.number(taken);
    const more = format.number(credits);
    const most = format.number(limit);
    return t`You have ${has} credits; with the ${more} of ${code} you would pass your limit of ${most} for this semester. Drop a course first, or ask the registrar's office for an exception.`;
  },
  seat_unavailable: ({ course: { code }, capacity, canWait }) =>
    canWait
      ? t`All ${capacity} seats of ${code} are taken. Join the waitlist, or watch for a seat to come free.`
      : t`All ${capacity} seats of ${code} are taken. Choose another section, or watch for a seat to come free.`,
  seat_reserved: ({ course: { code }, available, canWait }) => {
    const seats = plural(available, { one: '# free seat', other: '# free seats' });
    return canWait
      ? t`${code} has ${seats}, reserved for other students. Join the waitlist, or choose another section.`
      : t`${code} has ${seats}, reserved for other students. Choose another section.`;
  },
  waitlist_full: ({ course: { code }, limitOf, limit }) => {
    if (limitOf === 'places')
      return t`You have ${limit} courses and waiting places this semester, the most that one student can have. Drop one first.`;
    const places = plural(limit, { one: '# place', other: '# places' });
    return t`${code} is full, and so is its waitlist (${places}). Choose another section.`;
  },
  drop_period_closed: ({ withdrawDeadlineAt }, { format }) => {
    const deadline = format.moment(withdrawDeadlineAt);
    return t`Withdrawing ended on ${deadline}. Ask the registrar's office if you have to leave this course.`;
  },
  invalid_transition: () => t`This enrollment has ended and cannot be changed.`,
};

/** "Monday 9:30 AM–10:45 AM", with its dates where it has any. */
function meetingWords({ day, start, end, ...dates }: MeetingParams, format: Format): string {
  const when = `${format.weekday(day as Weekday)} ${format.time(start)}–${format.time(end)}`;
  const between = meetingDates(dates, format);
  return between === '' ? when : `${when}, ${between}`;
}
