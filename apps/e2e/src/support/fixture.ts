import { randomUUID } from 'node:crypto';
import type { Course, NewCourse } from '@registrar/contracts-courses';
import { newId } from '@registrar/service';
import type { System } from '@registrar/stack';
import { Client, expectStatus } from './client.ts';

/** A semester and a department of a test's own, and the administrator who made them. */
export class Fixture {
  private courses = 0;

  private constructor(
    readonly admin: Client,
    readonly semesterId: string,
    readonly departmentId: string,
  ) {}

  /** Made over the HTTP API, as a registrar would. */
  static async open({ gatewayUrl, admin }: System, { opensInMs = -86_400_000 } = {}): Promise<Fixture> {
    const client = await Client.signedIn(gatewayUrl, admin.email, admin.password);
    const id = newId('t').slice(2, 12);
    const fixture = new Fixture(client, `sem-${id}`, `DEP-${id}`);
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const semester = {
      name: 'A semester of the tests',
      startsOn: at(30).slice(0, 10),
      endsOn: at(120).slice(0, 10),
      enrollmentOpensAt: at(opensInMs / 86_400_000),
      enrollmentClosesAt: at(20),
      dropDeadlineAt: at(40),
      withdrawDeadlineAt: at(80),
      creditLimit: 18,
      current: true,
    };
    const ofSemester = { params: { id: fixture.semesterId }, body: semester };
    expectStatus(await client.api.putSemester(ofSemester), 200);
    const ofDepartment = { params: { id: fixture.departmentId }, body: { name: 'Tests' } };
    expectStatus(await client.api.putDepartment(ofDepartment), 200);
    return fixture;
  }

  /** One more open course. */
  async course(change: Partial<NewCourse> = {}): Promise<Course> {
    const body = {
      semesterId: this.semesterId,
      departmentId: this.departmentId,
      code: `T ${100 + this.courses++}`,
      title: 'Course of the tests',
      credits: 3,
      capacity: 30,
      ...change,
    };
    return expectStatus(await this.admin.api.createCourse({ key: randomUUID(), body }), 201);
  }
}
