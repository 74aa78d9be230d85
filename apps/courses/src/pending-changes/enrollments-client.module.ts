import { Module } from '@nestjs/common';
import { EnrollmentsClient } from './enrollments.client.ts';

/** What the enrollments service is told and asked. */
@Module({ providers: [EnrollmentsClient], exports: [EnrollmentsClient] })
export class EnrollmentsClientModule {}
