import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AdminBootstrapController } from './admin-bootstrap.controller.ts';
import { AdminBootstrapService } from './admin-bootstrap.service.ts';
import { ResetsModule } from '../resets/resets.module.ts';
import { UsersModule } from '../users/users.module.ts';

/** The first admin. */
@Module({
  imports: [AccountsModule, ResetsModule, UsersModule],
  controllers: [AdminBootstrapController],
  providers: [AdminBootstrapService],
})
export class BootstrapModule {}
