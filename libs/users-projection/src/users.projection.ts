import { Injectable } from '@nestjs/common';
import { userRegistered, userUpdated } from '@registrar/contracts-gateway';
import type { UserState } from '@registrar/contracts-gateway';
import { Dynamo, conditionHeld } from '@registrar/dynamodb';
import { projection, versionGuard } from '@registrar/messaging';
import type { Projection } from '@registrar/messaging';
import { usersTable } from './users-table.ts';

/**
 * Writes the table of users.
 *
 * Guarantee: an older version of a user never replaces a newer one, so a replay from the first event gives the same
 * table.
 */
@Injectable()
export class UsersProjection {
  constructor(private readonly dynamo: Dynamo) {}

  /** Stores the state of a user, unless a newer one is stored. */
  async save(user: UserState): Promise<void> {
    const table = usersTable(this.dynamo.tables);
    const guard = versionGuard('version', user.version);
    await conditionHeld(this.dynamo.put({ TableName: table.name, Item: table.itemOf(user), ...guard }));
  }
}

/** The projection as `npm run messaging -- rebuild --projection people` takes it. */
export function peopleProjection(dynamo: Dynamo): Projection {
  const users = new UsersProjection(dynamo);
  return projection('people', [userRegistered, userUpdated], ({ data: { user } }) => users.save(user));
}
