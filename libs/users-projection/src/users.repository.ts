import { Inject, Injectable } from '@nestjs/common';
import { JsonCache, keys } from '@registrar/cache';
import type { UserState } from '@registrar/contracts-gateway';
import { Dynamo } from '@registrar/dynamodb';
import { SERVICE_NAME } from '@registrar/service';
import pMap from 'p-map';
import { GatewayUsers } from './gateway-users.ts';
import { emailIndex, usersTable } from './users-table.ts';
import type { KnownUser, UsersTable } from './users-table.ts';
import { UsersProjection } from './users.projection.ts';

/** Queries by email and calls of the gateway that run at a time for one request. */
const concurrency = 32;

/**
 * The users projection. A user who registered a moment ago may not have arrived: the gateway is asked then, and its
 * answer is stored. Users found by id are cached for a minute, or until an event changes them.
 *
 * Failure: Problem 503 or 504 when a user is unknown here and the gateway does not answer.
 */
@Injectable()
export class UsersRepository {
  private readonly table: UsersTable;
  private readonly keyOf: (id: string) => ReturnType<ReturnType<typeof userKeys>>;

  constructor(
    private readonly dynamo: Dynamo,
    private readonly gateway: GatewayUsers,
    private readonly projection: UsersProjection,
    private readonly cache: JsonCache,
    @Inject(SERVICE_NAME) service: string,
  ) {
    this.table = usersTable(dynamo.tables);
    const key = userKeys(service);
    this.keyOf = (id) => key({ id });
  }

  /** The user with an id. */
  async byId(id: string): Promise<KnownUser | undefined> {
    const stored = await this.cache.getOrLoad(this.keyOf(id), async () => (await this.stored([id])).get(id));
    return stored ?? (await this.askForIds([id])).get(id);
  }

  /** Those of `userIds` that exist, by id. */
  async byIds(userIds: readonly string[]): Promise<Map<string, KnownUser>> {
    const ids = [...new Set(userIds)];
    const found = await this.cache.getOrLoadAll(ids, this.keyOf, (missing) => this.stored(missing));
    const unknown = ids.filter((id) => !found.has(id));
    return new Map([...found, ...(await this.askForIds(unknown))]);
  }

  /** The users with these email addresses, by the address in lower case. Needs the index `PeopleByEmail`. */
  async byEmails(emails: Iterable<string>): Promise<Map<string, KnownUser>> {
    const asked = [...new Set([...emails].map((email) => email.toLowerCase()))];
    const known = await pMap(asked, (email) => this.indexed(email), { concurrency });
    const found = new Map(known.flatMap((user) => (user ? [[user.email, user] as const] : [])));
    const unknown = asked.filter((email) => !found.has(email));
    for (const [email, user] of await this.ask(unknown, (key) => this.gateway.byEmail(key))) {
      // The user may be cached with the email before this one.
      await this.cache.del(this.keyOf(user.id));
      found.set(email, user);
    }
    return found;
  }

  /** Stores the state of a user, unless a newer one is stored. */
  async save(user: UserState): Promise<void> {
    await this.projection.save(user);
    await this.cache.del(this.keyOf(user.id));
  }

  /** By id; consistently, as the cache keeps it. */
  private async stored(ids: readonly string[]): Promise<Map<string, KnownUser>> {
    const keys = ids.map((id) => this.table.keyOf(id));
    const items = await this.dynamo.getAll<Record<string, string>>('people', keys);
    return new Map(items.map((item) => this.table.userOf(item)).map((user) => [user.id, user]));
  }

  private async indexed(email: string): Promise<KnownUser | undefined> {
    const { items } = await this.dynamo.query<Record<string, string>>({
      TableName: this.table.name,
      IndexName: emailIndex,
      KeyConditionExpression: 'email = :email',
      ExpressionAttributeValues: { ':email': email },
      Limit: 1,
    });
    return items[0] && this.table.userOf(items[0]);
  }

  private askForIds(ids: readonly string[]): Promise<Map<string, KnownUser>> {
    return this.ask(ids, (id) => this.gateway.byId(id));
  }

  /** Users of the gateway that the projection does not have, by the key of the request. */
  private async ask(
    keys: readonly string[],
    find: (key: string) => Promise<UserState | undefined>,
  ): Promise<Map<string, KnownUser>> {
    const answers = await pMap(
      keys,
      async (key) => {
        const user = await find(key);
        if (user) await this.projection.save(user);
        return [key, user] as const;
      },
      { concurrency },
    );
    return new Map(answers.flatMap(([key, user]) => (user ? [[key, this.table.known(user)] as const] : [])));
  }
}

function userKeys(service: string) {
  return keys(service, { user: 'person:{id}' }).user;
}
