import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptsModule } from '../attempts/attempts.module.ts';
import { ExportData } from './export-data.ts';
import { ExportController } from './export.controller.ts';
import { ExportService } from './export.service.ts';
import { ExportsRepository } from './exports.repository.ts';
import { ServicesData } from './services-data.ts';

/** Export of everything that is kept of a person. */
@Module({
  imports: [AccountsModule, AttemptsModule, IdempotencyModule],
  controllers: [ExportController],
  providers: [ExportData, ExportService, ExportsRepository, ServicesData],
})
export class ExportModule {}
