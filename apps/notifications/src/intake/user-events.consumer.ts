import { Controller } from '@nestjs/common';
import type { UserEventData } from '@registrar/contracts-gateway';
import { userRegistered, userUpdated } from '@registrar/contracts-gateway';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { PeopleRepository } from '../people/people.repository.ts';

/** Keeps the projection of users, fenced by their versions. */
@Controller()
export class UserEventsConsumer {
  constructor(private readonly people: PeopleRepository) {}

  @ServiceEvent([userRegistered, userUpdated], { lanes: 50 })
  async keep({ data: { user } }: CloudEvent<UserEventData>): Promise<void> {
    await this.people.keep(user);
  }
}
