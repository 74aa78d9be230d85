import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RecordImportModule } from '../record-import/record-import.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { CompletionsController } from './completions.controller.ts';
import { CompletionsService } from './completions.service.ts';
import { StudentData } from './student-data.ts';
import { StudentsController } from './students.controller.ts';
import { StudentsService } from './students.service.ts';

/** Students' records and what they have completed. */
@Module({
  imports: [EnrollmentModule, IdempotencyModule, RecordImportModule, RegistrationModule, UsersModule],
  controllers: [StudentsController, CompletionsController],
  providers: [CompletionsService, StudentData, StudentsService],
})
export class StudentsModule {}
