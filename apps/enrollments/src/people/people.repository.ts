import { Injectable } from '@nestjs/common';
import { ColdCache, keys } from '@registrar/cache';
import type { UserState } from '@registrar/contracts-gateway';
import { Dynamo } from '@registrar/dynamodb';
import pMap from 'p-map';
import { GatewayPeople } from './gateway-people.ts';
import { PeopleProjection } from './people.projection.ts';

/** A person as enrollments knows them. */
export interface Person {
  id: string;
  name: string;
  /** In lower case. */
  email: string;
}

/** An item of the `people` table. */
interface PersonItem {
  user_id: string;
  email: string;
  name: string;
  version: number;
}

const cacheKeys = keys('enrollments', { person: 'person:{id}' });

/** Queries by mail and calls of the gateway that run at a time for one request. */
const concurrency = 32;

/**
 * The people projection: who is who, by the gateway's events. Somebody who registered a moment ago may not have
 * arrived: the gateway is asked then, and what it says is kept. Those who were asked for by id are cached for a
 * minute, or until an event changes them.
 *
 * Failure: Problem 503 (504) when somebody is not known here and the gateway cannot be asked.
 */
@Injectable()
export class PeopleRepository {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly gateway: GatewayPeople,
    private readonly projection: PeopleProjection,
    private readonly cache: ColdCache,
  ) {}

  /** Whether there is such a user. */
  async exists(userId: string): Promise<boolean> {
    return (await this.byIds([userId])).has(userId);
  }

  /** Those of `userIds` that there are, by id. */
  async byIds(userIds: readonly string[]): Promise<Map<string, Person>> {
    const ids = [...new Set(userIds)];
    const found = await this.cache.getOrLoadAll(
      ids,
      (id) => cacheKeys.person({ id }),
      (missing) => this.stored(missing),
    );
    const unknown = ids.filter((id) => !found.has(id));
    for (const [id, person] of await this.ask(unknown, (key) => this.gateway.byId(key)))
      found.set(id, person);
    return found;
  }

  /** The person with a mail address, in any case of letters. */
  async byEmail(email: string): Promise<Person | undefined> {
    return (await this.byEmails([email])).get(email.toLowerCase());
  }

  /** The people with these mail addresses, by the address in lower case. */
  async byEmails(emails: Iterable<string>): Promise<Map<string, Person>> {
    const asked = [...new Set([...emails].map((email) => email.toLowerCase()))];
    const known = await pMap(asked, (email) => this.indexed(email), { concurrency });
    const found = new Map(known.flatMap((person) => (person ? [[person.email, person] as const] : [])));
    const unknown = asked.filter((email) => !found.has(email));
    for (const [email, person] of await this.ask(unknown, (key) => this.gateway.byEmail(key))) {
      // Known by id already, maybe, with the address before this one.
      await this.cache.del(cacheKeys.person({ id: person.id }));
      found.set(email, person);
    }
    return found;
  }

  /** Takes over the state of a user, unless a newer one is known. */
  async keep(user: UserState): Promise<void> {
    await this.projection.put(user);
    await this.cache.del(cacheKeys.person({ id: user.id }));
  }

  /** By id; consistently, as the cache keeps it. */
  private async stored(ids: readonly string[]): Promise<Map<string, Person>> {
    const table = this.dynamo.tables.name('people');
    const wanted = ids.map((id) => ({ table, key: { user_id: id } }));
    const items = await this.dynamo.batchGet<PersonItem>(wanted, { consistent: true });
    return new Map(items.flatMap((item) => (item ? [[item.user_id, personOf(item)] as const] : [])));
  }

  private async indexed(email: string): Promise<Person | undefined> {
    const { items } = await this.dynamo.query<PersonItem>({
      TableName: this.dynamo.tables.name('people'),
      IndexName: 'PeopleByEmail',
      KeyConditionExpression: 'email = :email',
      ExpressionAttributeValues: { ':email': email },
      Limit: 1,
    });
    return items[0] && personOf(items[0]);
  }

  /** What the gateway knows of those who are not known here, by the key it was asked with. */
  private async ask(
    keys: readonly string[],
    find: (key: string) => Promise<UserState | undefined>,
  ): Promise<Map<string, Person>> {
    const answers = await pMap(
      keys,
      async (key) => {
        const user = await find(key);
        if (user) await this.projection.put(user);
        return [key, user] as const;
      },
      { concurrency },
    );
    return new Map(answers.flatMap(([key, user]) => (user ? [[key, personFrom(user)] as const] : [])));
  }
}

function personOf({ user_id, name, email }: PersonItem): Person {
  return { id: user_id, name, email };
}

function personFrom({ id, name, email }: UserState): Person {
  return { id, name, email: email.toLowerCase() };
}
