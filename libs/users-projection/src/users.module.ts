import { Module } from '@nestjs/common';
import { ErasureConsumer } from './erasure.consumer.ts';
import { GatewayUsers } from './gateway-users.ts';
import { UsersConsumer } from './users.consumer.ts';
import { UsersProjection } from './users.projection.ts';
import { UsersRepository } from './users.repository.ts';

/** Names and emails of users, by the gateway's events. The application imports `PrivacyModule`: users are erased, too. */
@Module({
  controllers: [ErasureConsumer, UsersConsumer],
  providers: [GatewayUsers, UsersProjection, UsersRepository],
  exports: [UsersRepository],
})
export class UsersModule {}
