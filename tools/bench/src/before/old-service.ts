import { createTransport } from 'nodemailer';
import type { CountedStore, Row } from './counted-store.ts';

/** A page as both systems answer it. */
export interface Page {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

const pageSize = 25;

function camelCased(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

function page(rows: readonly Row[], query: URLSearchParams): Page {
  const from = Number(query.get('cursor') ?? 0);
  const to = from + Number(query.get('limit') ?? pageSize);
  return { items: rows.slice(from, to).map(camelCased), nextCursor: to < rows.length ? String(to) : null };
}

/**
 * What the old way does for a request: the straight code that a small system begins with. Tables are scanned and
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
    const conditions: Row = { semester_id: query.get('semesterId') ?? this.currentSemester };
    if (query.has('departmentId')) conditions['department_id'] = query.get('departmentId');
    if (query.has('status')) conditions['status'] = query.get('status');
    const words = query.get('q')?.toLowerCase();
    const instructor = query.get('instructorId');
    const keyOf = (row: Row) =>
      `${String(row['department_id'])} ${String(row['code'])} ${String(row['section'])}`;
    const found = (await this.store.find('courses', conditions)).filter((row) => {
      const text =
        `${String(row['code'])} ${String(row['title'])} ${String(row['description'])}`.toLowerCase();
      const teaches = instructor === null || (row['instructor_ids'] as string[]).includes(instructor);
      return teaches && (words === undefined || text.includes(words));
    });
    return page(
      found.sort((one, other) => keyOf(one).localeCompare(keyOf(other))),
      query,
    );
  }

  /** A page of the user's enrollments, newest first. */
  async own(userId: string, query: URLSearchParams): Promise<Page> {
    const found = await this.store.find('enrollments', { user_id: userId });
    const at = (row: Row) => String(row['enrolled_at']);
    return page(
      found.sort((one, other) => at(other).localeCompare(at(one))),
      query,
    );
  }

  async profile(userId: string): Promise<Row | undefined> {
    const user = await this.store.get('users', userId);
    return user && camelCased(user);
  }

  /** Enrolls and tells by mail, in this order, one after the other; undefined where the course has no seat left. */
  async enroll(userId: string, courseId: string): Promise<Row | undefined> {
    const [course, user, already] = await Promise.all([
      this.store.get('courses', courseId),
      this.store.get('users', userId),
      this.store.find('enrollments', { user_id: userId, course_id: courseId }),
    ]);
    if (course === undefined || user === undefined || already.length > 0) return undefined;
    await this.store.takeSeat(courseId);
    const now = new Date().toISOString();
    const row = {
      id: `enr_${courseId.slice(4)}_${userId.slice(4)}`,
      user_id: userId,
      course_id: courseId,
      semester_id: course['semester_id'],
      course_code: course['code'],
      course_title: course['title'],
      credits: course['credits'],
      status: 'enrolled',
      waitlist_position: null,
      enrolled_at: now,
      updated_at: now,
      version: 1,
    };
    await this.store.put('enrollments', row);
    await this.sendMail(String(user['email']), String(course['title']));
    return camelCased(row);
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
