import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RecordImportModule } from '../record-import/record-import.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { SeatsModule } from '../seats/seats.module.ts';
import { DryRun } from './dry-run.ts';
import { ImportCommit } from './import-commit.ts';
import { ImportController } from './import.controller.ts';
import { ImportService } from './import.service.ts';

/** Enrollments from a file. */
@Module({
  imports: [EnrollmentModule, IdempotencyModule, RecordImportModule, RegistrationModule, SeatsModule],
  controllers: [ImportController],
  providers: [DryRun, ImportCommit, ImportService],
})
export class ImportModule {}
