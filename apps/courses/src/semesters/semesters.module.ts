import { Module } from '@nestjs/common';
import { EnrollmentsClientModule } from '../pending-changes/enrollments-client.module.ts';
import { SemesterChangeStore } from './semester-change.store.ts';
import { SemesterChangesService } from './semester-changes.service.ts';
import { SemestersConsumer } from './semesters.consumer.ts';
import { SemestersController } from './semesters.controller.ts';
import { SemestersService } from './semesters.service.ts';

/** Semesters: read by everybody, stated by registrars and agreed with enrollments. */
@Module({
  imports: [EnrollmentsClientModule],
  controllers: [SemestersController, SemestersConsumer],
  providers: [SemesterChangeStore, SemesterChangesService, SemestersService],
  exports: [SemesterChangeStore, SemestersService],
})
export class SemestersModule {}
