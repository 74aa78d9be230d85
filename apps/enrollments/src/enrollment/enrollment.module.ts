import { Module } from '@nestjs/common';
import { CampusWords } from './campus-words.ts';
import { CurrentEnrollments } from './store/current-enrollments.ts';
import { EnrollmentReader } from './store/enrollment-reader.ts';
import { OfferingCache } from './store/offering-cache.ts';
import { SemestersRepository } from './store/semesters.repository.ts';

/** What is stored of courses, semesters and students' places in them, as the other capabilities read it. */
@Module({
  providers: [CampusWords, CurrentEnrollments, EnrollmentReader, OfferingCache, SemestersRepository],
  exports: [CampusWords, CurrentEnrollments, EnrollmentReader, OfferingCache, SemestersRepository],
})
export class EnrollmentModule {}
