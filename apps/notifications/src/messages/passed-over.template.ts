import type { CourseTemplate } from './message.ts';
import { courseInSubject, courseInText, meetingBlocks, scheduleAction } from './message.ts';

const reasons: Readonly<Record<string, string>> = {
  time_conflict: 'it meets at the same time as another of your courses',
  credit_limit_exceeded: 'it would take you over the credit limit of the semester',
  prerequisite_not_met: 'a prerequisite is not met yet',
  already_enrolled: 'you are enrolled in another section of it',
  enrollment_window_closed: 'your enrollment has not opened yet',
  hold: 'a hold on your account stops you from enrolling',
  restricted: 'it is for other students',
};

/** A seat came free, and the one who waited could not take it. */
export const passedOver: CourseTemplate = (facts, linkBase) => ({
  subject: `A seat you could not take: ${courseInSubject(facts)}`,
  blocks: [
    `A seat became free in ${courseInText(facts)}, but you could not be enrolled: ${why(facts.reason)}.`,
    ...meetingBlocks(facts),
    'What happens next: you keep your place on the waitlist. As soon as that changes, you will be considered for the next free seat.',
  ],
  action: scheduleAction(linkBase),
});

function why(reason: string | null): string {
  return reasons[reason ?? ''] ?? 'it does not fit your schedule now';
}
