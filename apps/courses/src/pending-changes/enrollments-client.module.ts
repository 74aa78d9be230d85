import { Module } from '@nestjs/common';
import { EnrollmentsClient } from './enrollments.client.ts';

/** The client of the enrollments service's internal API. */
@Module({ providers: [EnrollmentsClient], exports: [EnrollmentsClient] })
export class EnrollmentsClientModule {}
