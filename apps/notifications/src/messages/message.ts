import type { CampusTime } from '@registrar/campus';
import { oneLine } from './plain-text.rules.ts';
import type { Meeting } from './schedule.rules.ts';
import { scheduleLines } from './schedule.rules.ts';

/** What is said, apart from how it looks. All of it is plain text: the layout escapes. */
export interface Message {
  subject: string;
  /** Paragraphs; an array is a list. */
  blocks: (string | string[])[];
  /** The one thing to do or look at next. */
  action?: { label: string; url: string };
  /** No preference stops its mail. */
  isAlwaysMailed?: boolean;
}

/** What a message about a course may speak of; made from an event once, kept with the notification. */
export interface CourseFacts {
  courseId: string;
  enrollmentId: string;
  code: string;
  section: string;
  title: string;
  meetings: Meeting[];
  /** 1 is next; null for anyone who does not wait. */
  waitlistPosition: number | null;
  /** The rule behind it, such as `time_conflict`, or null. */
  reason: string | null;
  /** A registrar did it for the student. */
  byRegistrar: boolean;
}

/** A template: from facts and the base of links (without a slash at its end) to a message. */
export type CourseTemplate = (facts: CourseFacts, linkBase: string) => Message;

/** What a message about a hold may speak of; kept as those of a course are. The reason is not among it. */
export interface HoldFacts {
  office: string;
  /** What it stops: taking courses, dropping courses, or both. */
  blocks: ('enroll' | 'drop')[];
  /** When it was placed or released, RFC 3339. */
  occurredAt: string;
}

/** A template about a hold: from facts, the base of links and how times are said to a message. */
export type HoldTemplate = (facts: HoldFacts, linkBase: string, campusTime: CampusTime) => Message;

/** What a message about an export of the own data may speak of; kept as those of a course are. */
export interface ExportFacts {
  exportId: string;
  /** Until when it can be downloaded, RFC 3339. */
  expiresAt: string;
}

/** What a message about a permit, or a request for one, may speak of; kept as those of a course are. */
export interface PermitFacts extends Pick<CourseFacts, 'courseId' | 'code' | 'section' | 'title'> {
  /** Until when a permit can be used, RFC 3339; null without an end. */
  expiresAt: string | null;
  /** Words of who granted or declined; may be empty. */
  note: string;
}

/** A template about a permit: from facts, the base of links and how times are said to a message. */
export type PermitTemplate = (facts: PermitFacts, linkBase: string, campusTime: CampusTime) => Message;

/** Longest text of a title in a message. */
export const maxTitleLength = 200;

const maxTitleInSubject = 80;

/** `CS 101 (Introduction to Programming)`, short enough for a subject. */
export function courseInSubject({ code, title }: Pick<CourseFacts, 'code' | 'title'>): string {
  return title === '' ? code : `${code} (${oneLine(title, maxTitleInSubject)})`;
}

/** `CS 101, section 2: Introduction to Programming`. */
export function courseInText({
  code,
  section,
  title,
}: Pick<CourseFacts, 'code' | 'section' | 'title'>): string {
  const named = section === '' ? code : `${code}, section ${section}`;
  return title === '' ? named : `${named}: ${title}`;
}

/** When and where the course meets, as blocks. */
export function meetingBlocks({ meetings }: CourseFacts): Message['blocks'] {
  const lines = scheduleLines(meetings);
  return lines.length === 0 ? ['Meeting times have not been set yet.'] : ['It meets:', lines];
}

/** The link to the course's page. */
export function courseAction(
  { courseId }: Pick<CourseFacts, 'courseId'>,
  linkBase: string,
): NonNullable<Message['action']> {
  return { label: 'See the course', url: `${linkBase}/courses/${encodeURIComponent(courseId)}` };
}

/** The link to one's own schedule. */
export function scheduleAction(linkBase: string): NonNullable<Message['action']> {
  return { label: 'See your schedule', url: `${linkBase}/enrollments` };
}

/** A sentence that names the registrar where a student did not act themselves. */
export function actorBlocks({ byRegistrar }: CourseFacts): string[] {
  return byRegistrar ? ["The registrar's office did this for you."] : [];
}
