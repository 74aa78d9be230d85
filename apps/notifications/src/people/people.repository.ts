import { Injectable } from '@nestjs/common';
import { ColdCache, keys } from '@registrar/cache';
import { Dynamo } from '@registrar/dynamodb';
import { PeopleProjection } from './people.projection.ts';
import type { Person } from './person.ts';

const cacheKeys = keys('notifications', { person: 'person:{id}' });

/**
 * Who is reached where, by the projection of users; cached, since a student who registers for five courses gets
 * five mails within seconds.
 */
@Injectable()
export class PeopleRepository {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly projection: PeopleProjection,
    private readonly cache: ColdCache,
  ) {}

  find(id: string): Promise<Person | undefined> {
    return this.cache.getOrLoad(cacheKeys.person({ id }), () => this.read(id));
  }

  /** Keeps `person` unless a newer version is there. */
  async keep(person: Person): Promise<void> {
    await this.projection.keep(person);
    await this.cache.del(cacheKeys.person({ id: person.id }));
  }

  private read(id: string): Promise<Person | undefined> {
    const TableName = this.dynamo.tables.name('people');
    return this.dynamo.get<Person>({ TableName, Key: { id }, ConsistentRead: true });
  }
}
