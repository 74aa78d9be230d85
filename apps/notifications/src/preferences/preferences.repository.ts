import { Injectable } from '@nestjs/common';
import { JsonCache, keys } from '@registrar/cache';
import type { JsonCacheAnswer } from '@registrar/cache';
import { defaultPreferences } from '@registrar/contracts-notifications';
import type { Preferences } from '@registrar/contracts-notifications';
import { Dynamo } from '@registrar/dynamodb';

const cacheKeys = keys('notifications', { preferences: 'preferences:{id}' });

/**
 * Which mails people want. What is chosen holds for every notification made from then on; it is in the item of the
 * person's inbox, which is read for each notification anyway. The cache is for who looks at the own choice.
 * Failure: while the instance that wrote cannot reach Redis and another can, the other may show the choice before it
 * for up to a minute.
 */
@Injectable()
export class PreferencesRepository {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly cache: JsonCache,
  ) {}

  of(userId: string): Promise<JsonCacheAnswer<Preferences>> {
    return this.cache.answer(cacheKeys.preferences({ id: userId }), () => this.read(userId));
  }

  async choose(userId: string, { email }: Preferences): Promise<void> {
    await this.dynamo.update({
      TableName: this.dynamo.tables.name('inboxes'),
      Key: { user_id: userId },
      UpdateExpression: 'SET email = :email',
      ExpressionAttributeValues: { ':email': email },
    });
    await this.forget(userId);
  }

  /** Deletes the choice from the cache. */
  async forget(userId: string): Promise<void> {
    await this.cache.del(cacheKeys.preferences({ id: userId }));
  }

  private async read(userId: string): Promise<Preferences> {
    const person = await this.dynamo.get<Partial<Preferences>>('inboxes', { user_id: userId });
    return person?.email ? { email: person.email } : defaultPreferences;
  }
}
