import { Controller } from '@nestjs/common';
import { userUpdated } from '@registrar/contracts-gateway';
import type { UserEventData } from '@registrar/contracts-gateway';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { ProfileCache } from './profile-cache.ts';

/** Invalidates the profiles that other instances changed. */
@Controller()
export class UserEventsController {
  constructor(private readonly profiles: ProfileCache) {}

  @InstanceEvent(userUpdated)
  changed({ data: { user } }: CloudEvent<UserEventData>): Promise<void> {
    this.profiles.forgetBefore(user.id, user.version);
    return Promise.resolve();
  }
}
