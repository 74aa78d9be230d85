import { t } from '@lingui/core/macro';
import type { Notification, NotificationParams } from '@registrar/contracts-notifications';

/** A notification in the reader's language: what happened, and what it means. */
export interface NotificationWords {
  readonly subject: string;
  readonly text: string;
}

type Type = Notification['type'];
type Words = { readonly [T in Type]: (params: NotificationParams[T]) => NotificationWords };

/**
 * A notification in words, by its type and params; the server's own words where its type is not known to this release,
 * or its params are gone with the course.
 */
export function wordsForNotification(notification: Notification): NotificationWords {
  const { type, params, subject, text } = notification;
  const say = words[type] as ((params: object) => NotificationWords) | undefined;
  return say === undefined || params.courseCode === undefined ? { subject, text } : say(params);
}

const words: Words = {
  enrolled: ({ courseCode, courseTitle }) => ({
    subject: t`Enrolled: ${courseCode}`,
    text: t`You have a seat in ${courseTitle}. There is nothing more to do.`,
  }),
  waitlisted: ({ courseCode, courseTitle, waitlistPosition }) => ({
    subject: t`On the waitlist: ${courseCode}`,
    text:
      waitlistPosition === null
        ? t`You wait for a seat in ${courseTitle}. When one is free for you, you get it automatically.`
        : t`You wait for a seat in ${courseTitle}, at position ${waitlistPosition}. When one is free for you, you get it automatically.`,
  }),
  promoted: ({ courseCode, courseTitle }) => ({
    subject: t`You have a seat now: ${courseCode}`,
    text: t`A seat in ${courseTitle} came free, and it is yours.`,
  }),
  passed_over: ({ courseCode, courseTitle, reason }) => ({
    subject: t`Passed over: ${courseCode}`,
    text: `${t`A seat in ${courseTitle} came free, but you could not take it.`} ${reasonWords(reason)} ${t`You keep your place.`}`,
  }),
  dropped: ({ courseCode, courseTitle }) => ({
    subject: t`Dropped: ${courseCode}`,
    text: t`You are no longer in ${courseTitle}. It does not show on your record.`,
  }),
  withdrawn: ({ courseCode, courseTitle }) => ({
    subject: t`Withdrawn: ${courseCode}`,
    text: t`You are no longer in ${courseTitle}. The withdrawal shows on your record.`,
  }),
  cancelled: ({ courseCode, courseTitle }) => ({
    subject: t`Cancelled: ${courseCode}`,
    text: t`${courseTitle} was cancelled and does not take place. Your place in it has ended.`,
  }),
};

/** Why a seat went to somebody behind the reader, by the code of the refusal. */
export function reasonWords(code: string | null): string {
  switch (code) {
    case 'time_conflict':
      return t`It meets at the same time as another course of yours.`;
    case 'credit_limit_exceeded':
      return t`With it you would pass the semester's credit limit.`;
    case 'prerequisite_not_met':
      return t`A course that has to be completed first is not.`;
    case 'already_enrolled':
      return t`You are in another section of it.`;
    default:
      return t`Something stood in the way at that moment.`;
  }
}
