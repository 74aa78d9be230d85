import { Controller } from '@nestjs/common';
import { userErased, userUpdated } from '@registrar/contracts-gateway';
import type { UserErasedData, UserEventData } from '@registrar/contracts-gateway';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { ProfileCache } from './profile-cache.ts';

/** Invalidates the profiles that other instances changed or erased. */
@Controller()
export class UserEventsController {
  constructor(private readonly profiles: ProfileCache) {}

  @InstanceEvent(userUpdated)
  changed({ data: { user } }: CloudEvent<UserEventData>): Promise<void> {
    this.profiles.forgetBefore(user.id, user.version);
    return Promise.resolve();
  }

  @InstanceEvent(userErased)
  erased({ data: { userId, version } }: CloudEvent<UserErasedData>): Promise<void> {
    this.profiles.forgetBefore(userId, version);
    return Promise.resolve();
  }
}
