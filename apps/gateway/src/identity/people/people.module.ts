import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { InternalPeopleController } from './internal-people.controller.ts';
import { PeopleController } from './people.controller.ts';
import { PeopleService } from './people.service.ts';
import { ProfileCache } from './profile-cache.ts';

/** Accounts as registrars, admins, services and their owners see them. */
@Module({
  imports: [AccountsModule, AuditModule],
  controllers: [InternalPeopleController, PeopleController],
  providers: [PeopleService, ProfileCache],
  exports: [ProfileCache],
})
export class PeopleModule {}
