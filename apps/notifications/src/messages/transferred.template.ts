import type { CourseTemplate } from './message.ts';
import { courseInSubject, courseInText, meetingBlocks, scheduleAction } from './message.ts';

/** The registrar's office moved the student from another section to this one. */
export const transferred: CourseTemplate = (facts, linkBase) => ({
  subject: `Moved to another section: ${courseInSubject(facts)}`,
  blocks: [
    `The registrar's office moved you to another section: you now have a seat in ${courseInText(facts)}.`,
    'Your seat in the section you had has ended, and so have those in sections that are taken together with it.',
    ...meetingBlocks(facts),
    "What happens next: nothing more to do, but look at the times: they may differ from those you had. If they do not suit you, talk to the registrar's office.",
  ],
  action: scheduleAction(linkBase),
});
