import { randomUUID } from 'node:crypto';
import type { Course, Semester } from '@registrar/contracts-courses';
import { courseRoutes } from '@registrar/contracts-courses';
import type { Enrollment } from '@registrar/contracts-enrollments';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { bodyOf, createClient, fetchFrom, itemsOf } from '@registrar/contracts-http';
import type { Client } from '@registrar/contracts-http';
import { PortalFault } from './running-portal.ts';

const routes = { ...courseRoutes, ...enrollmentRoutes, ...gatewayRoutes };

/** The password of the demo accounts: `DEMO_PASSWORD`, as of `npm start`. */
export const demoPassword: string = process.env['DEMO_PASSWORD'] ?? 'registrar-demo-2026';

/** Who acts: an account of the demo data, signed in. */
export interface Actor {
  readonly email: string;
  readonly token: string;
}

/** The demo data of a running system, over its API. */
export class Demo {
  private readonly api: Client<typeof routes>;

  constructor(url: string) {
    this.api = createClient(routes, fetchFrom(url));
  }

  /** Signs an account of the demo data in. @throws PortalFault where it does not exist or has another password */
  async signIn(who: string): Promise<Actor> {
    const email = `${who}@registrar.example`;
    const answer = await this.api.login({ body: { email, password: demoPassword } });
    if (answer.ok) return { email, token: answer.body.accessToken };
    throw new PortalFault(
      `${email} cannot sign in (${answer.problem.detail}): the demo data of \`npm start\` is needed, and DEMO_PASSWORD where it was given there.`,
    );
  }

  /** Signs in, and registers the account before where it is missing. */
  async account(who: string, name: string): Promise<Actor> {
    const email = `${who}@registrar.example`;
    const made = await this.api.register({ body: { email, password: demoPassword, name } });
    return made.ok && made.body ? { email, token: made.body.accessToken } : this.signIn(who);
  }

  async currentSemester(): Promise<Semester> {
    const { items } = bodyOf(await this.api.listSemesters({}));
    const current = items.find((semester) => semester.current);
    if (current === undefined) throw new PortalFault('There is no current semester.');
    return current;
  }

  /** Every course of the current semester, by code and section. */
  async courses(): Promise<Course[]> {
    return Array.fromAsync(itemsOf(async (query) => bodyOf(await this.api.listCourses({ query }))));
  }

  /** Courses that the student holds or waits for. */
  async heldBy({ token }: Actor): Promise<Enrollment[]> {
    const all = await Array.fromAsync(
      itemsOf(async (query) => bodyOf(await this.api.listOwnEnrollments({ token, query }))),
    );
    return all.filter(({ status }) => status === 'enrolled' || status === 'waitlisted');
  }

  /** Takes a seat, or a place on the waitlist; nothing where the student has one already. */
  async enroll({ token }: Actor, { id: courseId }: Course, joinWaitlist = false): Promise<void> {
    const answer = await this.api.enroll({ token, key: randomUUID(), body: { courseId, joinWaitlist } });
    if (!answer.ok && answer.problem.code !== 'already_enrolled') bodyOf(answer);
  }

  /** Plans courses in this order; each is one entry, and takes a place on the waitlist where it has to. */
  async plan({ token }: Actor, courses: readonly Course[]): Promise<void> {
    const semesterId = courses[0]?.semesterId ?? '';
    const entries = courses.map(({ id }) => ({
      choices: [{ courses: [{ courseId: id }] }],
      joinWaitlist: true,
    }));
    bodyOf(await this.api.putPlan({ token, params: { semesterId }, body: { entries, armed: false } }));
  }

  async drop({ token }: Actor, { id }: Enrollment): Promise<void> {
    bodyOf(await this.api.drop({ token, params: { id } }));
  }

  /** Gives a course so many seats, and places to wait. */
  async resize({ token }: Actor, { id }: Course, capacity: number): Promise<void> {
    const body = { capacity, waitlistCapacity: 10 };
    bodyOf(await this.api.changeCourse({ token, params: { id }, ifMatch: '*', body }));
  }
}
