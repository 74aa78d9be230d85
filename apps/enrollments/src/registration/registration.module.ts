import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { MyEnrollmentsModule } from '../my-enrollments/my-enrollments.module.ts';
import { AfterCommit } from './commit/after-commit.ts';
import { ChangeSetCommit } from './commit/change-set-commit.ts';
import { CourseCommitter } from './commit/course-committer.ts';
import { DeferredWorkEvents } from './commit/deferred-work.events.ts';
import { GroupCommit } from './commit/group-commit.ts';
import { GroupReader } from './commit/group-view.ts';
import { ViewRepository } from './commit/view.repository.ts';
import { RegistrationController } from './registration.controller.ts';
import { RegistrationService } from './registration.service.ts';

/** Change sets (enroll, drop, swap) and completions: decided by rules, committed many at a time. */
@Module({
  imports: [EnrollmentModule, IdempotencyModule, MyEnrollmentsModule, UsersModule],
  controllers: [RegistrationController],
  providers: [
    AfterCommit,
    ChangeSetCommit,
    CourseCommitter,
    DeferredWorkEvents,
    GroupCommit,
    GroupReader,
    RegistrationService,
    ViewRepository,
  ],
  exports: [CourseCommitter, DeferredWorkEvents, ViewRepository],
})
export class RegistrationModule {}
