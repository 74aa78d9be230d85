import { Injectable } from '@nestjs/common';
import { userErased, userRegistered, userUpdated } from '@registrar/contracts-gateway';
import type { UserState } from '@registrar/contracts-gateway';
import { Dynamo, conditionHeld, createDynamo } from '@registrar/dynamodb';
import { projection, versionGuard } from '@registrar/messaging';
import type { OpenProjections, Projection } from '@registrar/messaging';
import { loadConfig, serviceConfig } from '@registrar/service';
import { usersTable } from './users-table.ts';

/**
 * Writes the table of users.
 *
 * Guarantee: an older version of a user never replaces a newer one, so a replay from the first event gives the same
 * table. Nothing comes after an erasure: its version is beyond all others.
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

  /** Leaves of a user what says that they are erased. */
  async erase(userId: string, version: number): Promise<void> {
    const table = usersTable(this.dynamo.tables);
    const Item = table.erasedItem(userId, version);
    await conditionHeld(
      this.dynamo.put({ TableName: table.name, Item, ...versionGuard('version', version) }),
    );
  }
}

const storeConfig = serviceConfig.pick({ DYNAMODB_ENDPOINT: true, AWS_REGION: true, TABLE_PREFIX: true });

/**
 * Opens the projections of a service for a rebuild: its own, and the one of users.
 *
 * @param environment names the store
 * @param own makes the service's own ones
 */
export function openServiceProjections(
  { service, tables }: { service: string; tables: unknown },
  environment: NodeJS.ProcessEnv,
  own: (dynamo: Dynamo) => Projection[] = () => [],
): OpenProjections {
  const config = loadConfig(storeConfig, environment);
  const dynamo = createDynamo({ service, tables, config });
  return { projections: [...own(dynamo), peopleProjection(dynamo)], close: () => dynamo.close() };
}

/** The projection as `npm run messaging -- rebuild --projection people` takes it. */
function peopleProjection(dynamo: Dynamo): Projection {
  const users = new UsersProjection(dynamo);
  return projection('people', [userRegistered, userUpdated, userErased], ({ data }) =>
    'user' in data ? users.save(data.user) : users.erase(data.userId, data.version),
  );
}
