import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptsModule } from '../attempts/attempts.module.ts';
import { ConfirmationsModule } from '../confirmations/confirmations.module.ts';
import { ErasureConsumer } from './erasure.consumer.ts';
import { ErasureController } from './erasure.controller.ts';
import { ErasureService } from './erasure.service.ts';
import { ErasuresRepository } from './erasures.repository.ts';
import { UsersModule } from '../users/users.module.ts';

/** Erasure of a person in all services. */
@Module({
  imports: [AccountsModule, AttemptsModule, IdempotencyModule, ConfirmationsModule, UsersModule],
  controllers: [ErasureConsumer, ErasureController],
  providers: [ErasureService, ErasuresRepository],
})
export class ErasureModule {}
