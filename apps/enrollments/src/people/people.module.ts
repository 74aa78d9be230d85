import { Module } from '@nestjs/common';
import { GatewayPeople } from './gateway-people.ts';
import { PeopleConsumer } from './people.consumer.ts';
import { PeopleProjection } from './people.projection.ts';
import { PeopleRepository } from './people.repository.ts';

/** Who is who, by the gateway's events. */
@Module({
  controllers: [PeopleConsumer],
  providers: [GatewayPeople, PeopleProjection, PeopleRepository],
  exports: [PeopleRepository],
})
export class PeopleModule {}
