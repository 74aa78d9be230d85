import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { SessionRepository, providerSessionKey } from '../../sessions/session.repository.ts';
import { SessionService } from '../../sessions/session.service.ts';
import type { SessionRecord } from '../../sessions/session.ts';

/** Sessions of one person at most that are ended at once: the newest. */
const mostEnded = 200;

/** Sessions that are ended at the same time. */
const atOnce = 4;

/** Sessions that began by the campus, to end them. */
@Injectable()
export class CampusSessions {
  private readonly table: string;

  constructor(
    private readonly dynamo: Dynamo,
    private readonly repository: SessionRepository,
    private readonly sessions: SessionService,
  ) {
    this.table = dynamo.tables.name('sessions');
  }

  /** Ends all sessions of a user that began by `provider`. @returns how many */
  endAllOf(userId: string, provider: string): Promise<number> {
    return this.endOf(userId, ({ campus }) => campus?.provider === provider);
  }

  /** Ends those of a user of which it is not known in which session of `provider` they began. */
  endUnnamedOf(userId: string, provider: string): Promise<number> {
    return this.endOf(
      userId,
      ({ campus }) => campus?.provider === provider && campus.providerSession === null,
    );
  }

  /** Ends the sessions that began in a session of the provider. @param subject only this one's, where it is named */
  async endIn(provider: string, sessionId: string, subject: string | undefined): Promise<number> {
    const key = providerSessionKey(provider, sessionId);
    const ids = await this.idsIn('SessionsByProviderSession', 'provider_session', key);
    return this.end(ids, ({ campus }) => subject === undefined || campus?.subject === subject);
  }

  private async endOf(userId: string, isMeant: (session: SessionRecord) => boolean): Promise<number> {
    return this.end(await this.idsIn('SessionsByUser', 'user_id', userId), isMeant);
  }

  private async idsIn(index: string, attribute: string, value: string): Promise<string[]> {
    const { items } = await this.dynamo.query<{ id: string }>({
      TableName: this.table,
      IndexName: index,
      KeyConditionExpression: `${attribute} = :value`,
      ExpressionAttributeValues: { ':value': value },
      ScanIndexForward: false,
      Limit: mostEnded,
    });
    return items.map(({ id }) => id);
  }

  private async end(ids: readonly string[], isMeant: (session: SessionRecord) => boolean): Promise<number> {
    let ended = 0;
    for (let from = 0; from < ids.length; from += atOnce) {
      const found = await Promise.all(ids.slice(from, from + atOnce).map((id) => this.repository.byId(id)));
      for (const session of found) {
        if (!session || session.endedAt !== undefined || !isMeant(session)) continue;
        await this.sessions.end({ id: session.userId, sessionId: session.id }, 'logout');
        ended += 1;
      }
    }
    return ended;
  }
}
