import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { AgreementModule } from '../agreement/agreement.module.ts';
import { IntentSweeper, changesOf } from '../agreement/intent-sweeper.ts';
import { CatalogueModule } from '../catalogue/catalogue.module.ts';
import { DepartmentsModule } from '../departments/departments.module.ts';
import { SemesterChangeStore } from '../semesters/semester-change.store.ts';
import { SemestersModule } from '../semesters/semesters.module.ts';
import { CourseChangeStore } from './course-change.store.ts';
import { CourseChangesService } from './course-changes.service.ts';
import { CoursesController } from './courses.controller.ts';

/** Courses over HTTP, what registrars do to them, and the sweeper that ends what was left half done. */
@Module({
  imports: [AgreementModule, CatalogueModule, DepartmentsModule, IdempotencyModule, SemestersModule],
  controllers: [CoursesController],
  providers: [
    CourseChangeStore,
    CourseChangesService,
    {
      provide: IntentSweeper,
      inject: [CourseChangeStore, SemesterChangeStore],
      useFactory: (courses: CourseChangeStore, semesters: SemesterChangeStore) =>
        new IntentSweeper([changesOf(courses), changesOf(semesters)]),
    },
  ],
})
export class ChangesModule {}
