import { createTransport } from 'nodemailer';
import type { CountedStore, Row } from './counted-store.ts';

/** A page as both systems answer it. */
export interface Page {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

const pageSize = 25;

function page(rows: readonly Row[], query: URLSearchParams): Page {
  const from = Number(query.get('cursor') ?? 0);
  const to = from + Number(query.get('limit') ?? pageSize);
  return { items: rows.slice(from, to), nextCursor: to < rows.length ? String(to) : null };
}

/** The fields, as one text. */
function textOf(row: Row, ...names: string[]): string {
  return names.map((name) => String(row[name])).join(' ');
}

/**
 * What the system before does for a request: the straight code that a small system begins with. Tables are scanned and
 * filtered, nothing is cached, a mail is sent before the answer.
 */
export class OldService {
  private readonly store: CountedStore;
  private readonly smtpUrl: string;
  private readonly currentSemester: string;

  constructor(store: CountedStore, smtpUrl: string, currentSemester: string) {
    this.store = store;
    this.smtpUrl = smtpUrl;
    this.currentSemester = currentSemester;
  }

  /** A page of courses in order of department, code and section. */
  async courses(query: URLSearchParams): Promise<Page> {
    const { q = '', instructorId, semesterId = this.currentSemester, ...asked } = Object.fromEntries(query);
    const { departmentId, status } = asked;
    const conditions = { semesterId, ...(departmentId && { departmentId }), ...(status && { status }) };
    const found = (await this.store.find('courses', conditions)).filter(
      (row) =>
        textOf(row, 'code', 'title', 'description').toLowerCase().includes(q.toLowerCase()) &&
        (instructorId === undefined || (row['instructorIds'] as string[]).includes(instructorId)),
    );
    const keyOf = (row: Row) => textOf(row, 'departmentId', 'code', 'section');
    found.sort((one, other) => keyOf(one).localeCompare(keyOf(other)));
    return page(found, query);
  }

  /** A page of the user's enrollments, newest first. */
  async own(userId: string, query: URLSearchParams): Promise<Page> {
    const found = await this.store.find('enrollments', { userId });
    found.sort((one, other) => textOf(other, 'enrolledAt').localeCompare(textOf(one, 'enrolledAt')));
    return page(found, query);
  }

  profile(userId: string): Promise<Row | undefined> {
    return this.store.get('users', userId);
  }

  /** Enrolls, then sends a mail; undefined where the course has no seat left. */
  async enroll(userId: string, courseId: string): Promise<Row | undefined> {
    const [course, user, already] = await Promise.all([
      this.store.get('courses', courseId),
      this.store.get('users', userId),
      this.store.find('enrollments', { userId, courseId }),
    ]);
    if (course === undefined || user === undefined || already.length > 0) return undefined;
    await this.store.takeSeat(courseId);
    const now = new Date().toISOString();
    const row = {
      id: `enr_${courseId.slice(4)}_${userId.slice(4)}`,
      userId,
      courseId,
      semesterId: course['semesterId'],
      courseCode: course['code'],
      courseTitle: course['title'],
      credits: course['credits'],
      status: 'enrolled',
      waitlistPosition: null,
      enrolledAt: now,
      updatedAt: now,
      version: 1,
    };
    await this.store.put('enrollments', row);
    await this.sendMail(String(user['email']), String(course['title']));
    return row;
  }

  private async sendMail(to: string, title: string): Promise<void> {
    const transport = createTransport(this.smtpUrl);
    await transport.sendMail({
      from: 'no-reply@registrar.example',
      to,
      subject: `You are enrolled in ${title}`,
      text: `You are enrolled in ${title}. See your schedule for times and rooms.`,
    });
    transport.close();
  }
}
