import { Module } from '@nestjs/common';
import { EnrollmentsClientModule } from '../pending-changes/enrollments-client.module.ts';
import { DepartmentsModule } from '../departments/departments.module.ts';
import { SemestersModule } from '../semesters/semesters.module.ts';
import { CatalogueConsumer } from './catalogue.consumer.ts';
import { Catalogue } from './catalogue.ts';
import { CourseListService } from './course-list.service.ts';
import { CourseReaderService } from './course-reader.service.ts';
import { CourseTexts } from './course-texts.ts';
import { CoursesRepository } from './courses.repository.ts';
import { RenderedPages } from './rendered-pages.ts';
import { SeatCounts } from './seat-counts.ts';

/** Courses as everybody reads them: lists, single ones, and how full they are. */
@Module({
  imports: [EnrollmentsClientModule, DepartmentsModule, SemestersModule],
  controllers: [CatalogueConsumer],
  providers: [
    Catalogue,
    CourseListService,
    CourseReaderService,
    CourseTexts,
    CoursesRepository,
    RenderedPages,
    SeatCounts,
  ],
  exports: [Catalogue, CourseListService, CourseReaderService, SeatCounts],
})
export class CatalogueModule {}
