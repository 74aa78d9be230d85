import type { UserState } from '@registrar/contracts-gateway';
import type { Tables } from '@registrar/dynamodb';

/** A user as the projection has them. */
export interface KnownUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The index by email, of the services that look users up by it. */
export const emailIndex = 'PeopleByEmail';

/** The service's table of users: its physical name, and how a user is an item of it. */
export interface UsersTable {
  readonly name: string;
  keyOf(id: string): Record<string, string>;
  itemOf(user: UserState): Record<string, string | number>;
  userOf(item: Record<string, string>): KnownUser;
  /** The user as the table has them. */
  known(user: UserState): KnownUser;
}

/** The email is in lower case where the table has an index by it, else as the user wrote it. */
export function usersTable(tables: Tables): UsersTable {
  const name = tables.name('people');
  const definition = tables.definitions.find((table) => table.name === name);
  const id = definition?.partitionKey.name ?? 'id';
  const isFoundByEmail = definition?.indexes.some((index) => index.name === emailIndex);
  const emailOf = ({ email }: UserState) => (isFoundByEmail ? email.toLowerCase() : email);
  return {
    name,
    keyOf: (userId) => ({ [id]: userId }),
    itemOf: (user) => ({ [id]: user.id, email: emailOf(user), name: user.name, version: user.version }),
    userOf: (item) => ({ id: item[id] ?? '', name: item['name'] ?? '', email: item['email'] ?? '' }),
    known: (user) => ({ id: user.id, name: user.name, email: emailOf(user) }),
  };
}
