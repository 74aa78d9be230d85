import { t } from '@lingui/core/macro';
import { wordsForReason } from '../registration/reason-words.ts';
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
  return say === undefined || Object.keys(params).length === 0 ? { subject, text } : say(params);
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
    text: `${t`A seat in ${courseTitle} came free, but you could not take it.`} ${wordsForReason(reason) ?? ''} ${t`You keep your place.`}`,
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
  hold_placed: ({ office, blocks }) => ({
    subject: t`Hold placed: ${office}`,
    text: `${whatIsStopped(blocks)} ${t`Talk to ${office}: it can tell you why, and have the hold released.`}`,
  }),
  hold_released: ({ office, blocks }) => ({
    subject: t`Hold released: ${office}`,
    text: whatIsFree(blocks),
  }),
};

type Blocks = NotificationParams['hold_placed']['blocks'];

function whatIsStopped(blocks: Blocks): string {
  if (blocks.length > 1) return t`Until it is released, you can neither take courses nor drop them.`;
  return blocks.includes('drop')
    ? t`Until it is released, you cannot drop courses or leave waitlists.`
    : t`Until it is released, you cannot take courses, and waitlists pass you over.`;
}

function whatIsFree(blocks: Blocks): string {
  if (blocks.length > 1) return t`It no longer stops you from taking and dropping courses.`;
  return blocks.includes('drop')
    ? t`It no longer stops you from dropping courses.`
    : t`It no longer stops you from taking courses.`;
}
