import { Inject, Injectable } from '@nestjs/common';
import { JsonCache, keys } from '@registrar/cache';
import { externalId as externalIdSchema } from '@registrar/contracts-gateway';
import type { UserState } from '@registrar/contracts-gateway';
import { Dynamo } from '@registrar/dynamodb';
import { RetryLater } from '@registrar/messaging';
import { SERVICE_NAME } from '@registrar/service';
import pMap from 'p-map';
import { GatewayUsers } from './gateway-users.ts';
import { emailIndex, externalIdIndex, usersTable } from './users-table.ts';
import type { KnownUser, UsersTable } from './users-table.ts';
import { UsersProjection } from './users.projection.ts';

type CachedUser = Omit<KnownUser, 'externalId'> & Partial<Pick<KnownUser, 'externalId'>>;

/** What is known of an id: its user, or that the user was erased. */
type Known = CachedUser | { id: string; erased: true };

/** Queries by index and calls of the gateway that run at a time for one request. */
const concurrency = 32;

/**
 * The users projection. A user who registered a moment ago may not have arrived: the gateway is asked then, and its
 * answer is stored. Users found by id are cached for a minute, or until an event changes them. Erased ones are not found.
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
    const stored = await this.cached(id);
    return stored ? userIn(stored) : (await this.askForIds([id])).get(id);
  }

  /** Those of `userIds` that exist, by id. */
  async byIds(userIds: readonly string[]): Promise<Map<string, KnownUser>> {
    const ids = [...new Set(userIds)];
    const found = await this.cache.getOrLoadAll(ids, this.keyOf, (missing) => this.stored(missing));
    const unknown = ids.filter((id) => !found.has(id));
    const known = [...found.values()].flatMap((each) => userIn(each) ?? []);
    return new Map([...known.map((user) => [user.id, user] as const), ...(await this.askForIds(unknown))]);
  }

  /** The users with these email addresses, by the address in lower case. Needs the index `PeopleByEmail`. */
  async byEmails(emails: Iterable<string>): Promise<Map<string, KnownUser>> {
    const asked = [...new Set([...emails].map((email) => email.toLowerCase()))];
    return this.byIndex(emailIndex, 'email', asked, (email) => this.gateway.byEmail(email));
  }

  /**
   * The users with these external ids, by external id, compared exactly. What cannot be an external id is nobody's.
   * Needs the index `PeopleByExternalId`.
   */
  async byExternalIds(externalIds: Iterable<string>): Promise<Map<string, KnownUser>> {
    const asked = [...new Set(externalIds)].filter((id) => externalIdSchema.safeParse(id).success);
    return this.byIndex(externalIdIndex, 'external_id', asked, (id) => this.gateway.byExternalId(id));
  }

  /** Stores the state of a user, unless a newer one is stored. */
  async save(user: UserState): Promise<void> {
    await this.projection.save(user);
    await this.cache.del(this.keyOf(user.id));
  }

  /** Erases a user, also from the cache: a deletion alone would leave the value there until its time is over. */
  async erase(userId: string, version: number): Promise<void> {
    await this.projection.erase(userId, version);
    const isDeleted = await this.cache.del(this.keyOf(userId));
    if (!isDeleted) throw new RetryLater('The cache cannot be updated now.');
    await this.cached(userId);
  }

  private cached(id: string): Promise<Known | undefined> {
    return this.cache.getOrLoad(this.keyOf(id), async () => (await this.stored([id])).get(id));
  }

  /** By id; consistently, as the cache keeps it. */
  private async stored(ids: readonly string[]): Promise<Map<string, Known>> {
    const keys = ids.map((id) => this.table.keyOf(id));
    const items = await this.dynamo.getAll<Record<string, string>>('people', keys);
    const known = items.map((item): Known => {
      const user = this.table.userOf(item);
      return 'erased' in item ? { id: user.id, erased: true } : user;
    });
    return new Map(known.map((each) => [each.id, each]));
  }

  /** Users by an attribute that an index has; who is not in it is asked for at the gateway. */
  private async byIndex(
    index: string,
    attribute: 'email' | 'external_id',
    values: readonly string[],
    find: (value: string) => Promise<UserState | undefined>,
  ): Promise<Map<string, KnownUser>> {
    const users = await pMap(values, (value) => this.indexed(index, attribute, value), { concurrency });
    const found = new Map<string, KnownUser>();
    for (const [at, value] of values.entries()) {
      const user = users[at];
      if (user) found.set(value, user);
    }
    const unknown = values.filter((value) => !found.has(value));
    for (const [value, user] of await this.ask(unknown, find)) {
      // The user may be cached as they were before they had this value.
      await this.cache.del(this.keyOf(user.id));
      found.set(value, user);
    }
    return found;
  }

  /** The one user whom the index shows for a value; none where it shows two, as while a value changes hands. */
  private async indexed(index: string, attribute: string, value: string): Promise<KnownUser | undefined> {
    const { items } = await this.dynamo.query<Record<string, string>>({
      TableName: this.table.name,
      IndexName: index,
      KeyConditionExpression: '#attribute = :value',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value },
      Limit: 2,
    });
    return items.length === 1 && items[0] ? this.table.userOf(items[0]) : undefined;
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

/** The user, if there still is one. Instances of an earlier version cached users without external ids. */
function userIn(known: Known): KnownUser | undefined {
  return 'erased' in known ? undefined : { ...known, externalId: known.externalId ?? null };
}

function userKeys(service: string) {
  return keys(service, { user: 'person:{id}' }).user;
}
