import { Module } from '@nestjs/common';
import { GradeScale } from '@registrar/eligibility/rules';
import { IdempotencyModule } from '@registrar/idempotency';
import { CONFIG } from '@registrar/service';
import { EnrollmentsClientModule } from '../pending-changes/enrollments-client.module.ts';
import { PendingChangeRunner } from '../pending-changes/pending-change-runner.ts';
import { PendingChangeSweeper } from '../pending-changes/pending-change-sweeper.ts';
import type { CoursesConfig } from '../courses.config.ts';
import { CatalogueModule } from '../catalogue/catalogue.module.ts';
import { DepartmentsModule } from '../departments/departments.module.ts';
import { SemesterChangeStore } from '../semesters/semester-change.store.ts';
import { SemestersModule } from '../semesters/semesters.module.ts';
import { CourseChangeStore } from './course-change.store.ts';
import { CourseChecks } from './course-checks.service.ts';
import { CourseRelations } from './course-relations.ts';
import { CourseChangesService } from './course-changes.service.ts';
import { CoursesController } from './courses.controller.ts';

/** Courses over HTTP, what registrars do to them, and the sweeper that completes pending changes. */
@Module({
  imports: [EnrollmentsClientModule, CatalogueModule, DepartmentsModule, IdempotencyModule, SemestersModule],
  controllers: [CoursesController],
  providers: [
    CourseChangeStore,
    CourseChangesService,
    CourseChecks,
    CourseRelations,
    {
      provide: GradeScale,
      inject: [CONFIG],
      useFactory: ({ GRADES, PASS_MARK }: CoursesConfig) => new GradeScale(GRADES, PASS_MARK),
    },
    {
      provide: PendingChangeSweeper,
      inject: [CourseChangeStore, SemesterChangeStore],
      useFactory: (courses: CourseChangeStore, semesters: SemesterChangeStore) =>
        new PendingChangeSweeper([new PendingChangeRunner(courses), new PendingChangeRunner(semesters)]),
    },
  ],
})
export class ChangesModule {}
