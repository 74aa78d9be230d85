import { Injectable } from '@nestjs/common';
import { defaultPreferences } from '@registrar/contracts-notifications';
import type { Preferences } from '@registrar/contracts-notifications';
import { Dynamo } from '@registrar/dynamodb';

/**
 * Which mails people want. What is chosen holds for every notification made from then on; it is in the item of the
 * person's inbox, which whoever tells them something reads anyway.
 */
@Injectable()
export class PreferencesRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('inboxes');
  }

  async of(userId: string): Promise<Preferences> {
    const person = await this.dynamo.get<Partial<Preferences>>({
      TableName: this.table,
      Key: { user_id: userId },
      ProjectionExpression: 'email',
      ConsistentRead: true,
    });
    return person?.email ? { email: person.email } : defaultPreferences;
  }

  async choose(userId: string, { email }: Preferences): Promise<void> {
    await this.dynamo.update({
      TableName: this.table,
      Key: { user_id: userId },
      UpdateExpression: 'SET email = :email',
      ExpressionAttributeValues: { ':email': email },
    });
  }
}
