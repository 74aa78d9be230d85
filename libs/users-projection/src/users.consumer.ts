import { Controller } from '@nestjs/common';
import { userRegistered, userUpdated } from '@registrar/contracts-gateway';
import type { UserEventData } from '@registrar/contracts-gateway';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { UsersRepository } from './users.repository.ts';

/** Keeps the projection of users current. */
@Controller()
export class UsersConsumer {
  constructor(private readonly users: UsersRepository) {}

  @ServiceEvent([userRegistered, userUpdated], { concurrency: 8 })
  async userChanged(event: CloudEvent<UserEventData>): Promise<void> {
    await this.users.save(event.data.user);
  }
}
