import { Injectable } from '@nestjs/common';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import { SessionRepository } from './session.repository.ts';
import type { SessionRecord } from './session.ts';

/** The sessions of a person: where and in which clients they began. */
@Injectable()
export class SessionData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly sessions: SessionRepository,
  ) {
    super(registry, 'sessions');
  }

  override async erase(userId: string): Promise<void> {
    await this.sessions.deleteOf(userId);
  }

  override async exported(userId: string) {
    return { sessions: (await this.sessions.ofUser(userId)).map(exportedSession) };
  }
}

/** A session without what continues it. */
function exportedSession({ id, createdAt, rotatedAt, endedAt, validUntil, client, campus }: SessionRecord) {
  const at = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  return {
    id,
    createdAt: at(createdAt),
    lastUsedAt: at(rotatedAt),
    endedAt: at(endedAt),
    expiresAt: at(validUntil),
    client: client?.kind ?? null,
    userAgent: client?.userAgent ?? null,
    address: client?.address ?? null,
    provider: campus?.provider ?? null,
    subjectAtProvider: campus?.subject ?? null,
  };
}
