import { t } from '@lingui/core/macro';
import type { Format } from '../app/format.ts';
import { wordsForReason } from '../registration/reason-words.ts';
import type { Notification, NotificationParams } from '@registrar/contracts-notifications';

/** A notification in the reader's language: what happened, and what it means. */
export interface NotificationWords {
  readonly subject: string;
  readonly text: string;
}

type Type = Notification['type'];
type Words = { readonly [T in Type]: (params: NotificationParams[T], format: Moments) => NotificationWords };

/** How moments are said. */
type Moments = Pick<Format, 'moment'>;

/**
 * A notification in words, by its type and params; the server's own words where its type is not known to this release,
 * or its params are gone with the course.
 */
export function wordsForNotification(notification: Notification, format: Moments): NotificationWords {
  const { type, params, subject, text } = notification;
  const say = words[type] as ((params: object, format: Moments) => NotificationWords) | undefined;
  return say === undefined || Object.keys(params).length === 0 ? { subject, text } : say(params, format);
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
  transferred: ({ courseCode, courseTitle, section }) => ({
    subject: t`Moved to another section: ${courseCode}`,
    text: t`The registrar's office moved you to section ${section} of ${courseTitle}. Look at the times: they may differ from those you had.`,
  }),
  hold_placed: ({ office, blocks }) => ({
    subject: t`Hold placed: ${office}`,
    text: `${whatIsStopped(blocks)} ${t`Talk to ${office}: it can tell you why, and have the hold released.`}`,
  }),
  hold_released: ({ office, blocks }) => ({
    subject: t`Hold released: ${office}`,
    text: whatIsFree(blocks),
  }),
  permitted: ({ courseCode, courseTitle, expiresAt, note }, format) => ({
    subject: t`Permit granted: ${courseCode}`,
    text: sentences(
      t`You have a permit for ${courseTitle}.`,
      note,
      untilWhen(expiresAt, format),
      t`Enroll as usual: it is used where it is needed.`,
    ),
  }),
  permit_declined: ({ courseCode, courseTitle, note }) => ({
    subject: t`Request declined: ${courseCode}`,
    text: sentences(t`Your request for a permit for ${courseTitle} was declined.`, note),
  }),
  export_ready: ({ expiresAt }, format) => ({
    subject: t`Your data is ready to download`,
    text: sentences(
      t`Everything that is kept about you is in one zip file.`,
      expiresAt === null ? '' : untilDownload(format.moment(expiresAt)),
    ),
  }),
};

/** What is said, one after the other; nothing for an empty note. */
function sentences(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function untilDownload(ends: string): string {
  return t`You can download it until ${ends}.`;
}

function untilWhen(expiresAt: string | null, format: Moments): string {
  if (expiresAt === null) return t`It can be used once.`;
  const ends = format.moment(expiresAt);
  return t`It can be used once, until ${ends}.`;
}

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
