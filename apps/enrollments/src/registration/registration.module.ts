import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { MyEnrollmentsModule } from '../my-enrollments/my-enrollments.module.ts';
import { ChangeCheck } from './change-check.ts';
import { ChangeRequests } from './change-requests.ts';
import { ChangesService } from './changes.service.ts';
import { AfterCommit } from './commit/after-commit.ts';
import { ChangeSetCommit } from './commit/change-set-commit.ts';
import { CompanionReader } from './commit/companion-reader.ts';
import { CourseCommitter } from './commit/course-committer.ts';
import { DeferredWorkEvents } from './commit/deferred-work.events.ts';
import { GroupCommit } from './commit/group-commit.ts';
import { GroupReader } from './commit/group-view.ts';
import { SetReader } from './commit/set-reader.ts';
import { SetsTogether } from './commit/sets-together.ts';
import { ViewRepository } from './commit/view.repository.ts';
import { GradesService } from './grades.service.ts';
import { RegistrationController } from './registration.controller.ts';
import { RegistrationService } from './registration.service.ts';

/**
 * Change sets (enroll, drop, swap, promotion) and completions: decided by rules, committed many at a time.
 *
 * The flow of an enrollment:
 * 1. `registration.controller` takes the request; `registration.service` checks who may ask, and makes a change set of it.
 * 2. `commit/course-committer` lets the student's requests run one by one, and puts the set into its course's queue. A
 *    set over several courses goes to `commit/change-set-commit` instead, and holds no queue; where many want one course,
 *    `commit/set-turns` lets them share commits (`commit/sets-together`).
 * 3. `commit/course-queue` takes up to 32 sets as a group, while the next group is read.
 * 4. `commit/group-view` reads seats, students, waitlist and kept answers, all of it consistently.
 * 5. `planning/group-plan` judges each set by `rules/`, applies it to plans of course and students, and promotes.
 * 6. `commit/commit-actions` turns the plans into one transaction; `commit/transaction` sends it; `commit/group-commit`
 *    decides again what lost to another commit.
 * 7. `commit/after-commit` publishes the events, updates the students' lists, and announces deferred work, which
 *    `../deferred-work/` does.
 */
@Module({
  imports: [EnrollmentModule, IdempotencyModule, MyEnrollmentsModule, UsersModule],
  controllers: [RegistrationController],
  providers: [
    AfterCommit,
    ChangeCheck,
    ChangeRequests,
    ChangesService,
    ChangeSetCommit,
    CompanionReader,
    CourseCommitter,
    DeferredWorkEvents,
    GradesService,
    GroupCommit,
    GroupReader,
    RegistrationService,
    SetReader,
    SetsTogether,
    ViewRepository,
  ],
  exports: [ChangeCheck, ChangeRequests, CourseCommitter, DeferredWorkEvents, SetReader, ViewRepository],
})
export class RegistrationModule {}
