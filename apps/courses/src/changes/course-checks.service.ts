import { Injectable } from '@nestjs/common';
import type { CourseState, CreateCourseRequest, PatchCourseRequest } from '@registrar/contracts-courses';
import { GradeScale } from '@registrar/eligibility/rules';
import { validationFailed } from '@registrar/service';
import type { Fault } from '@registrar/service';
import { DepartmentsService } from '../departments/departments.service.ts';
import { SemesterChangeStore } from '../semesters/semester-change.store.ts';
import { deadlineFaults, gradeFaults, meetingFaults, namesDeadline } from './course-faults.rules.ts';

/** Checks of a course that its schema cannot make: they need its semester, the departments or the campus. */
@Injectable()
export class CourseChecks {
  constructor(
    private readonly semesters: SemesterChangeStore,
    private readonly departments: DepartmentsService,
    private readonly grades: GradeScale,
  ) {}

  /** @throws Problem 422 for an unknown semester or department, and as `refuseChange` */
  async refuseNew(asked: CreateCourseRequest): Promise<void> {
    const [semester, department] = await Promise.all([
      this.semesters.read(asked.semesterId),
      this.departments.exists(asked.departmentId),
    ]);
    const faults = gradeFaults(asked.requirement, this.grades);
    if (semester?.state)
      faults.push(
        ...deadlineFaults(asked, asked, semester.state),
        ...meetingFaults(asked.meetings, semester.state),
      );
    else faults.push(notFound('semesterId', 'There is no such semester.'));
    if (!department) faults.push(notFound('departmentId', 'There is no such department.'));
    refuse(faults);
  }

  /** @throws Problem 422 for a least grade without a rank, and a drop deadline after the withdraw deadline, a meeting outside of the semester */
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
    refuse(faults);
  }
}

function notFound(path: string, message: string): Fault {
  return { path, code: 'not_found', message };
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw validationFailed(faults);
}
