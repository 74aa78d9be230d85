import { Controller } from '@nestjs/common';
import { userErased, userRegistered, userUpdated } from '@registrar/contracts-gateway';
import type { UserErasedData, UserEventData } from '@registrar/contracts-gateway';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { UserDirectory } from './user-directory.ts';

/** Keeps the directory of this instance as other instances change it. */
@Controller()
export class DirectoryEventsController {
  constructor(private readonly directory: UserDirectory) {}

  @InstanceEvent([userRegistered, userUpdated])
  changed({ data: { user } }: CloudEvent<UserEventData>): Promise<void> {
    this.directory.note(user);
    return Promise.resolve();
  }

  @InstanceEvent(userErased)
  erased({ data }: CloudEvent<UserErasedData>): Promise<void> {
    this.directory.forget(data.userId);
    return Promise.resolve();
  }
}
