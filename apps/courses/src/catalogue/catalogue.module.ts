import { Module } from '@nestjs/common';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentsClientModule } from '../pending-changes/enrollments-client.module.ts';
import { DepartmentsModule } from '../departments/departments.module.ts';
import { SemestersModule } from '../semesters/semesters.module.ts';
import { CatalogueConsumer } from './catalogue.consumer.ts';
import { Catalogue } from './catalogue.ts';
import { CourseFinder } from './course-finder.ts';
import { CourseListService } from './course-list.service.ts';
import { CourseReaderService } from './course-reader.service.ts';
import { CourseTexts } from './course-texts.ts';
import { CoursesRepository } from './courses.repository.ts';
import { RenderedPages } from './rendered-pages.ts';
import { InstructorNames } from './instructor-names.ts';
import { SeatCounts } from './seat-counts.ts';

/** Courses as everybody reads them: lists, single ones, and how full they are. */
@Module({
  imports: [EnrollmentsClientModule, DepartmentsModule, SemestersModule, UsersModule],
  controllers: [CatalogueConsumer],
  providers: [
    Catalogue,
    CourseFinder,
    CourseListService,
    CourseReaderService,
    CourseTexts,
    CoursesRepository,
    InstructorNames,
    RenderedPages,
    SeatCounts,
  ],
  exports: [Catalogue, CourseListService, CourseReaderService, InstructorNames, SeatCounts],
})
export class CatalogueModule {}
