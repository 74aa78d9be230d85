import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RecordImportModule } from '../record-import/record-import.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { HoldData } from './hold-data.ts';
import { HoldsController } from './holds.controller.ts';
import { HoldsRepository } from './holds.repository.ts';
import { HoldsService } from './holds.service.ts';
import { OwnWindowService } from './own-window.service.ts';

/** What keeps a student from enrolling: holds, and a window that is not open yet. */
@Module({
  imports: [EnrollmentModule, IdempotencyModule, RecordImportModule, RegistrationModule, UsersModule],
  controllers: [HoldsController],
  providers: [HoldData, HoldsRepository, HoldsService, OwnWindowService],
})
export class HoldsModule {}
