import { Controller } from '@nestjs/common';
import { userRegistered, userUpdated } from '@registrar/contracts-gateway';
import type { UserEventData } from '@registrar/contracts-gateway';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { PeopleProjection } from './people.projection.ts';

/** Keeps the people projection current. */
@Controller()
export class PeopleConsumer {
  constructor(private readonly people: PeopleProjection) {}

  @ServiceEvent([userRegistered, userUpdated], { lanes: 8 })
  async userChanged(event: CloudEvent<UserEventData>): Promise<void> {
    await this.people.put(event.data.user);
  }
}
