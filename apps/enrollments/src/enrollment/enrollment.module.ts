import { Module } from '@nestjs/common';
import { StudentRecords } from './student-record/student-records.ts';
import { Campus } from './campus.ts';
import { SemesterRetention } from './semester-retention.ts';
import { CurrentEnrollments } from './store/current-enrollments.ts';
import { EnrollmentReader } from './store/enrollment-reader.ts';
import { OfferingCache } from './store/offering-cache.ts';
import { SemestersRepository } from './store/semesters.repository.ts';

const parts = [
  Campus,
  CurrentEnrollments,
  EnrollmentReader,
  OfferingCache,
  SemesterRetention,
  SemestersRepository,
  StudentRecords,
];

/** What is stored of courses, semesters and students' places in them, as the other capabilities read it. */
@Module({
  providers: parts,
  exports: parts,
})
export class EnrollmentModule {}
