import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ServiceClient, ServiceTokens } from '@registrar/auth';
import { internalUser } from '@registrar/contracts-gateway';
import type { UserState } from '@registrar/contracts-gateway';
import { ConditionFailed, Dynamo } from '@registrar/dynamodb';
import { CONFIG } from '@registrar/service';
import type { EnrollmentsConfig } from '../enrollments.config.ts';

/** A person as enrollments knows them. */
export interface Person {
  id: string;
  name: string;
  email: string;
}

/**
 * The people projection: who is who, by the gateway's events. Somebody who registered a moment ago may not have
 * arrived: the gateway is asked then.
 */
@Injectable()
export class PeopleRepository implements OnApplicationShutdown {
  private readonly gateway: ServiceClient;

  constructor(
    private readonly dynamo: Dynamo,
    tokens: ServiceTokens,
    @Inject(CONFIG) config: EnrollmentsConfig,
  ) {
    this.gateway = new ServiceClient('gateway', config.GATEWAY_URL, tokens);
  }

  /** Whether there is such a user. @throws Problem 503 when nobody can tell */
  async exists(userId: string): Promise<boolean> {
    const TableName = this.dynamo.tables.name('people');
    if (await this.dynamo.get({ TableName, Key: { user_id: userId } })) return true;
    const answer = await this.gateway.call({
      method: 'GET',
      path: `/internal/users/${encodeURIComponent(userId)}`,
    });
    if (answer.status !== 200) return false;
    await this.put(internalUser.parse(answer.body));
    return true;
  }

  /** Takes over the state of a user, unless a newer one is known. */
  async put(user: UserState): Promise<void> {
    try {
      await this.dynamo.put({
        TableName: this.dynamo.tables.name('people'),
        Item: { user_id: user.id, email: user.email.toLowerCase(), name: user.name, version: user.version },
        ConditionExpression: 'attribute_not_exists(#version) OR #version < :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': user.version },
      });
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.gateway.close();
  }
}
