import { Controller } from '@nestjs/common';
import { userRegistered, userUpdated } from '@registrar/contracts-gateway';
import type { UserEventData } from '@registrar/contracts-gateway';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { PeopleRepository } from './people.repository.ts';

/** Keeps what is known of people current. */
@Controller()
export class PeopleConsumer {
  constructor(private readonly people: PeopleRepository) {}

  @ServiceEvent([userRegistered, userUpdated], { lanes: 8 })
  async userChanged(event: CloudEvent<UserEventData>): Promise<void> {
    await this.people.keep(event.data.user);
  }
}
