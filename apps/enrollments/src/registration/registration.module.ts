import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { MyEnrollmentsModule } from '../my-enrollments/my-enrollments.module.ts';
import { AfterCommit } from './commit/after-commit.ts';
import { CourseCommitter } from './commit/course-committer.ts';
import { FollowUps } from './commit/follow-ups.ts';
import { GroupCommit } from './commit/group-commit.ts';
import { GroupReader } from './commit/group-view.ts';
import { SwapCommit } from './commit/swap-commit.ts';
import { ViewRepository } from './commit/view.repository.ts';
import { RegistrationController } from './registration.controller.ts';
import { RegistrationService } from './registration.service.ts';

/** Enroll, drop, complete, swap: decided by rules, committed many at a time. */
@Module({
  imports: [EnrollmentModule, IdempotencyModule, MyEnrollmentsModule, UsersModule],
  controllers: [RegistrationController],
  providers: [
    AfterCommit,
    CourseCommitter,
    FollowUps,
    GroupCommit,
    GroupReader,
    RegistrationService,
    SwapCommit,
    ViewRepository,
  ],
  exports: [CourseCommitter, FollowUps, ViewRepository],
})
export class RegistrationModule {}
