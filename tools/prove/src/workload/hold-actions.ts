import { drawnId } from '@registrar/testing/random';
import type { ActionParts } from './action-parts.ts';
import type { HoldSpan } from './journal.ts';

/** What registrars do to students: holds are placed, and released again. */
export class HoldActions {
  private readonly held = new Set<string>();
  private readonly parts: ActionParts;

  constructor(parts: ActionParts) {
    this.parts = parts;
  }

  /** Places a hold on a student, or releases the one there is. */
  async toggle(userId: string): Promise<void> {
    const span = this.parts.journal.holds.findLast((each) => each.userId === userId);
    if (span && span.releaseBegunAt === undefined) return this.release(span);
    await this.place(userId);
  }

  /** Releases all that are in force. */
  async releaseAll(): Promise<void> {
    for (const span of this.parts.journal.holds)
      if (span.releaseBegunAt === undefined) await this.release(span);
  }

  /** Places a hold on a student, unless one is being placed. */
  async place(userId: string): Promise<void> {
    const { random, journal, sender, registrarId } = this.parts;
    if (this.held.has(userId)) return;
    this.held.add(userId);
    const body = { userId, office: 'Bursar', reason: 'A fee is open.', blocks: ['enroll' as const] };
    const key = drawnId(random, 'key');
    const placed = await sender.untilDone(registrarId, (api, token) => api.placeHold({ token, key, body }));
    journal.holds.push({ userId, holdId: placed.id, acknowledgedAt: Date.now(), releaseBegunAt: undefined });
    this.held.delete(userId);
  }

  private async release(span: HoldSpan): Promise<void> {
    span.releaseBegunAt = Date.now();
    const params = { id: span.holdId };
    const { sender, registrarId } = this.parts;
    await sender.untilDone(registrarId, (api, token) => api.releaseHold({ token, params }));
  }
}
