import { Injectable } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import type { GradesRequest, GradesResult } from '@registrar/contracts-enrollments';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answered, IdempotentRequest, StoredAnswer } from '@registrar/idempotency';
import { forbidden } from '@registrar/service';
import pMap from 'p-map';
import { actorOf, isInstructor } from '../enrollment/access.rules.ts';
import { enrollmentNotFound } from '../enrollment/answers.ts';
import { Campus } from '../enrollment/campus.ts';
import type { Offering } from '../enrollment/enrollment.types.ts';
import { EnrollmentReader } from '../enrollment/store/enrollment-reader.ts';
import { OfferingCache } from '../enrollment/store/offering-cache.ts';
import { courseMissing } from '../seats/course-missing.ts';
import { requireGrades } from './grades.rules.ts';
import { RegistrationService } from './registration.service.ts';

/** Enrollments under way at a time: enough for the largest groups of a course. */
const concurrency = 64;

/**
 * Completes many enrollments of a course with their grades, each by itself.
 *
 * Guarantee: an item that counts as completed is durable; the same items again change nothing more.
 */
@Injectable()
export class GradesService {
  constructor(
    private readonly registration: RegistrationService,
    private readonly reader: EnrollmentReader,
    private readonly offerings: OfferingCache,
    private readonly idempotent: IdempotentRequests,
    private readonly campus: Campus,
  ) {}

  /** @throws Problem 403, 404 `course_not_found`, 422 for unknown grades, 503 */
  async gradeCourse(
    user: Identity,
    courseId: string,
    { items }: GradesRequest,
    request: IdempotentRequest | undefined,
  ): Promise<Answered<GradesResult>> {
    requireGrades(
      this.campus.grades,
      items.map(({ grade }, at) => ({ path: `items.${at}.grade`, grade })),
    );
    const { classId } = await this.requireTeacher(user, courseId);
    return this.idempotent.runOnce(request, async () => {
      const students = await this.reader.studentsOf(
        items.map(({ enrollmentId }) => enrollmentId),
        classId,
      );
      const body: GradesResult = { completed: 0, refused: [] };
      const byEnrollment = Map.groupBy(items, ({ enrollmentId }) => enrollmentId);
      const gradeOne = async ([enrollmentId, grades]: [string, GradesRequest['items']]) => {
        const student = students.get(enrollmentId);
        // Named twice: the last counts.
        const grade = grades.at(-1)?.grade;
        const command = { kind: 'complete', actor: actorOf(user, ''), status: 'completed', grade } as const;
        const answer = student
          ? await this.registration.completeOne(student.courseId, { ...command, userId: student.userId })
          : enrollmentNotFound;
        count(body, enrollmentId, answer);
      };
      await pMap(byEnrollment, gradeOne, { concurrency });
      return { status: 200, body };
    });
  }

  private async requireTeacher(user: Identity, courseId: string): Promise<Offering> {
    const course = await this.offerings.courseNow(courseId);
    if (!course) throw courseMissing();
    const { seats, offering } = course;
    if (hasRole(user, 'registrar') || isInstructor(user, offering.instructorIds)) return offering;
    if (seats.status === 'draft') throw courseMissing();
    throw forbidden();
  }
}

function count(result: GradesResult, enrollmentId: string, answer: StoredAnswer): void {
  if (!('refusal' in answer)) {
    result.completed += 1;
    return;
  }
  const { code, detail } = answer.refusal;
  result.refused.push({ enrollmentId, code, detail });
}
