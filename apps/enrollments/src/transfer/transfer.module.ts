import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { RosterModule } from '../roster/roster.module.ts';
import { TransferRehearsal } from './transfer-rehearsal.ts';
import { TransferController } from './transfer.controller.ts';
import { TransferService } from './transfer.service.ts';

/** Students who are moved to another section of their course by the registrar's office. */
@Module({
  imports: [EnrollmentModule, IdempotencyModule, RegistrationModule, RosterModule],
  controllers: [TransferController],
  providers: [TransferRehearsal, TransferService],
})
export class TransferModule {}
