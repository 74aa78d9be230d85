import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { ImportSlots } from '@registrar/service';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { LinePeople } from './line-people.ts';
import { RecordImport } from './record-import.ts';

/** Files whose lines are about people. */
@Module({
  imports: [EnrollmentModule, IdempotencyModule, RegistrationModule, UsersModule],
  providers: [ImportSlots, LinePeople, RecordImport],
  exports: [ImportSlots, LinePeople, RecordImport],
})
export class RecordImportModule {}
