import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { DirectoryEventsController } from '../directory/directory-events.controller.ts';
import { UserDirectory } from '../directory/user-directory.ts';
import { InternalUsersController } from './internal-users.controller.ts';
import { ProfileCache } from './profile-cache.ts';
import { UserEventsController } from './user-events.controller.ts';
import { UserSearchService } from './user-search.service.ts';
import { UserWriter } from './user-writer.ts';
import { UserService } from './user.service.ts';
import { UsersController } from './users.controller.ts';

/** Users as others see them: search, profiles, administration. */
@Module({
  imports: [AccountsModule, IdempotencyModule],
  controllers: [DirectoryEventsController, InternalUsersController, UserEventsController, UsersController],
  providers: [ProfileCache, UserDirectory, UserSearchService, UserService, UserWriter],
  exports: [ProfileCache, UserDirectory, UserWriter],
})
export class UsersModule {}
