import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ServiceClient, ServiceTokens } from '@registrar/auth';
import type { ServiceAnswer } from '@registrar/auth';
import type { CourseState, Semester } from '@registrar/contracts-courses';
import {
  courseSeats,
  internalEnrollmentRoutes as routes,
  offeringUpdate,
  seatsAnswer,
  semesterUpdate,
} from '@registrar/contracts-enrollments';
import type { CourseSeats } from '@registrar/contracts-enrollments';
import { CONFIG, Problem, serviceUnavailable } from '@registrar/service';
import type { CoursesConfig } from '../courses.config.ts';

/**
 * The internal API of the enrollments service, as far as courses need it.
 *
 * Failure: Problem 503 `service_unavailable` or 504 `upstream_timeout` when it does not answer, and 409 with its
 * own code and words when it refuses a change.
 */
@Injectable()
export class EnrollmentsClient implements OnApplicationShutdown {
  private readonly client: ServiceClient;

  constructor(@Inject(CONFIG) config: CoursesConfig, tokens: ServiceTokens) {
    this.client = new ServiceClient('enrollments', config.ENROLLMENTS_URL, tokens);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }

  /** Announces a course before it is committed; gives its seats. Idempotent by the course's version. */
  async putOffering(course: CourseState, actorId: string): Promise<CourseSeats> {
    const answer = await this.client.call(routes.putOffering, {
      params: { courseId: course.id },
      body: offeringUpdate.parse({ ...course, actorId }),
    });
    if (isRefusal(answer)) throw refusalOf(answer);
    return expected(answer, courseSeats.safeParse(answer.body));
  }

  /** Announces a semester's windows and limits before they are committed. Idempotent by its version. */
  async putSemester(semester: Semester): Promise<void> {
    const answer = await this.client.call(routes.putSemesterWindows, {
      params: { id: semester.id },
      body: semesterUpdate.parse(semester),
    });
    if (isRefusal(answer)) throw refusalOf(answer);
    expected(answer, { success: true, data: undefined });
  }

  /** The seats of at most 200 courses; courses that it does not have are left out. */
  async seats(courseIds: readonly string[]): Promise<CourseSeats[]> {
    const answer = await this.client.call(routes.getSeatCounts, { body: { courseIds: [...courseIds] } });
    return expected(answer, seatsAnswer.safeParse(answer.body)).items;
  }
}

type Parsed<T> = { success: true; data: T } | { success: false; error: unknown };

function expected<T>({ status }: ServiceAnswer, parsed: Parsed<T>): T {
  if (status === 200 && parsed.success) return parsed.data;
  const cause = parsed.success ? new Error(`enrollments answered ${status}`) : parsed.error;
  throw serviceUnavailable('The enrollments service does not answer as expected.', cause);
}

/** What its store does not take is no decision of the enrollments service: the change may still be taken over. */
function isRefusal({ status, body }: ServiceAnswer): boolean {
  return status === 409 && (Object(body) as { code?: unknown }).code !== 'change_refused';
}

function refusalOf({ body }: ServiceAnswer): Problem {
  const { code, detail, enrolledCount } = Object(body) as Record<string, unknown>;
  const values = enrolledCount === undefined ? {} : { params: { enrolledCount }, members: { enrolledCount } };
  return new Problem(
    409,
    typeof code === 'string' ? code : 'conflict',
    typeof detail === 'string' ? detail : 'The enrollments of this course do not allow it.',
    values,
  );
}
