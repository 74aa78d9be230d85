import { Module } from '@nestjs/common';
import { AddressBook } from './address-book.ts';
import { GatewayClient } from './gateway.client.ts';
import { PeopleProjection } from './people.projection.ts';
import { PeopleRepository } from './people.repository.ts';

/** Whom a user id belongs to, and how they are reached. */
@Module({
  providers: [AddressBook, GatewayClient, PeopleProjection, PeopleRepository],
  exports: [AddressBook, GatewayClient, PeopleRepository],
})
export class PeopleModule {}
