import { newId } from '@registrar/service';
import type { System } from '@registrar/stack';
import { Client, expectStatus } from './client.ts';

/** A course as clients see it, as far as the tests look at it. */
export interface CourseView {
  id: string;
  code: string;
  version: number;
  capacity: number;
  enrolledCount: number;
  waitlistedCount: number;
  seatsAvailable: number;
  status: string;
}

/** A semester and a department of a test's own, and the administrator who made them. */
export class School {
  private courses = 0;

  private constructor(
    readonly admin: Client,
    readonly semesterId: string,
    readonly departmentId: string,
  ) {}

  /** Made over the HTTP API, as a registrar would. */
  static async open({ gatewayUrl, admin }: System): Promise<School> {
    const client = await Client.signedIn(gatewayUrl, admin.email, admin.password);
    const id = newId('t').slice(2, 12);
    const school = new School(client, `sem-${id}`, `DEP-${id}`);
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const semester = {
      name: 'A semester of the tests',
      startsOn: at(30).slice(0, 10),
      endsOn: at(120).slice(0, 10),
      enrollmentOpensAt: at(-1),
      enrollmentClosesAt: at(20),
      dropDeadlineAt: at(40),
      withdrawDeadlineAt: at(80),
      creditLimit: 18,
      current: true,
    };
    expectStatus(await client.send('PUT', `/api/semesters/${school.semesterId}`, { body: semester }), 200);
    expectStatus(
      await client.send('PUT', `/api/departments/${school.departmentId}`, { body: { name: 'Tests' } }),
      200,
    );
    return school;
  }

  /** One more open course. */
  async course(change: object = {}): Promise<CourseView> {
    const body = {
      semesterId: this.semesterId,
      departmentId: this.departmentId,
      code: `T ${100 + this.courses++}`,
      title: 'Course of the tests',
      credits: 3,
      capacity: 30,
      ...change,
    };
    return expectStatus(await this.admin.post<CourseView>('/api/courses', body), 201);
  }
}
