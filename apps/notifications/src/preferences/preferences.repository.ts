import { Injectable } from '@nestjs/common';
import { defaultPreferences } from '@registrar/contracts-notifications';
import type { Preferences } from '@registrar/contracts-notifications';
import { Dynamo } from '@registrar/dynamodb';

/** Which mails people want. What is chosen holds for every notification made from then on. */
@Injectable()
export class PreferencesRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('preferences');
  }

  async of(userId: string): Promise<Preferences> {
    const chosen = await this.dynamo.get<Preferences>({
      TableName: this.table,
      Key: { user_id: userId },
      ConsistentRead: true,
    });
    return chosen ? { email: chosen.email } : defaultPreferences;
  }

  async choose(userId: string, { email }: Preferences): Promise<void> {
    await this.dynamo.put({ TableName: this.table, Item: { user_id: userId, email } });
  }
}
