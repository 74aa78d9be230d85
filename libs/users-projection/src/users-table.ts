import type { UserState } from '@registrar/contracts-gateway';
import type { Tables } from '@registrar/dynamodb';

/** A user as the projection has them. */
export interface KnownUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Null where there is none, and where the table has no index by it. */
  readonly externalId: string | null;
}

/** The index by email, of the services that look users up by it. */
export const emailIndex = 'PeopleByEmail';

/** The index by external id, of the services that look users up by it; sparse. */
export const externalIdIndex = 'PeopleByExternalId';

/** The service's table of users: its physical name, and how a user is an item of it. */
export interface UsersTable {
  readonly name: string;
  keyOf(id: string): Record<string, string>;
  itemOf(user: UserState): Record<string, string | number>;
  userOf(item: Record<string, string>): KnownUser;
  /** What stays of an erased user: nothing but the version, so that no earlier state comes back. */
  erasedItem(id: string, version: number): Record<string, string | number | boolean>;
  /** The user as the table has them. */
  known(user: UserState): KnownUser;
}

/**
 * The email is in lower case where the table has an index by it, else as the user wrote it. The external id is kept
 * where the table has an index by it.
 */
export function usersTable(tables: Tables): UsersTable {
  const name = tables.name('people');
  const definition = tables.definitions.find((table) => table.name === name);
  const id = definition?.partitionKey.name ?? 'id';
  const hasIndex = (index: string) => definition?.indexes.some((each) => each.name === index) ?? false;
  const [isFoundByEmail, isFoundByExternalId] = [hasIndex(emailIndex), hasIndex(externalIdIndex)];
  const known = (user: UserState): KnownUser => ({
    id: user.id,
    name: user.name,
    email: isFoundByEmail ? user.email.toLowerCase() : user.email,
    externalId: (isFoundByExternalId ? user.externalId : undefined) ?? null,
  });
  return {
    name,
    known,
    keyOf: (userId) => ({ [id]: userId }),
    itemOf: (user) => {
      const { email, externalId } = known(user);
      const item = { [id]: user.id, email, name: user.name, version: user.version };
      return externalId === null ? item : { ...item, external_id: externalId };
    },
    erasedItem: (userId, version) => ({ [id]: userId, version, erased: true }),
    userOf: (item) => ({
      id: item[id] ?? '',
      name: item['name'] ?? '',
      email: item['email'] ?? '',
      externalId: item['external_id'] ?? null,
    }),
  };
}
