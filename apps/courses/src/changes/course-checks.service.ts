import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { CourseState, CreateCourseRequest, PatchCourseRequest } from '@registrar/contracts-courses';
import { GradeScale } from '@registrar/eligibility/rules';
import { clockNow, validationFailed } from '@registrar/service';
import type { Fault } from '@registrar/service';
import { DepartmentsService } from '../departments/departments.service.ts';
import { SemesterChangeStore } from '../semesters/semester-change.store.ts';
import { deadlineFaults, gradeFaults, meetingFaults, namesDeadline } from './course-faults.rules.ts';
import { CourseRelations } from './course-relations.ts';
import type { Section } from './course-relations.ts';
import {
  chainFaults,
  creditFaults,
  crossListingFaults,
  fieldOfClassFaults,
  linkFaults,
  reservationFaults,
} from './section-faults.rules.ts';

/** Checks of a course that its schema cannot make: they need its semester, other courses, departments or the campus. */
@Injectable()
export class CourseChecks {
  constructor(
    private readonly semesters: SemesterChangeStore,
    private readonly departments: DepartmentsService,
    private readonly grades: GradeScale,
    private readonly relations: CourseRelations,
  ) {}

  /**
   * @param ofClass the course that a cross-listed one names, where there is one
   * @throws Problem 422 for an unknown semester, department or class, linked sections that cannot be taken along, and as
   * `refuseChange`
   */
  async refuseNew(asked: CreateCourseRequest, ofClass: CourseState | undefined): Promise<void> {
    const [semester, department, sections] = await Promise.all([
      this.semesters.read(asked.semesterId),
      this.departments.exists(asked.departmentId),
      this.sectionsOf(asked.linked),
    ]);
    const faults = gradeFaults(asked.requirement, this.grades);
    if (semester?.state)
      faults.push(
        ...deadlineFaults(asked, asked, semester.state),
        ...meetingFaults(asked.meetings, semester.state),
      );
    else faults.push(notFound('semesterId', 'There is no such semester.'));
    if (!department) faults.push(notFound('departmentId', 'There is no such department.'));
    const { semesterId } = asked;
    faults.push(
      ...reservationFaults(asked, undefined, clockNow()),
      ...crossListingFaults(asked, ofClass),
      ...linkFaults(asked.linked, { semesterId, linked: [] }, sections),
    );
    refuse(faults);
  }

  /**
   * @throws Problem 422 for a least grade without a rank, a drop deadline after the withdraw deadline, a meeting outside
   * of the semester, more reserved seats than there are, least credits above the credits, linked sections that cannot be
   * taken along, and what belongs to the class of a cross-listed course
   */
  async refuseChange(asked: PatchCourseRequest, course: CourseState): Promise<void> {
    const faults = gradeFaults(asked.requirement, this.grades);
    if (namesDeadline(asked) || asked.meetings) {
      const semester = await this.semesters.read(course.semesterId);
      if (semester?.state)
        faults.push(
          ...deadlineFaults(asked, course, semester.state),
          ...meetingFaults(asked.meetings, semester.state),
        );
    }
    faults.push(
      ...fieldOfClassFaults(asked, course),
      ...reservationFaults(asked, course, clockNow()),
      ...creditFaults(asked, course),
      ...(await this.faultsOfLinks(asked, course)),
    );
    refuse(faults);
  }

  /** Faults of linked sections, where the change says something new of them. */
  private async faultsOfLinks(
    { linked }: Pick<PatchCourseRequest, 'linked'>,
    course: CourseState,
  ): Promise<Fault[]> {
    if (linked === undefined || isDeepStrictEqual(linked, course.linked)) return [];
    const owners = await this.relations.namedBy(course);
    return [...chainFaults(linked, owners), ...linkFaults(linked, course, await this.sectionsOf(linked))];
  }

  private sectionsOf(linked: CourseState['linked']): Promise<Map<string, Section>> {
    return this.relations.sections(linked.flatMap(({ courseIds }) => courseIds));
  }
}

function notFound(path: string, message: string): Fault {
  return { path, code: 'not_found', message };
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw validationFailed(faults);
}
