import { Inject, Injectable } from '@nestjs/common';
import { Auditor, changesOf } from '@registrar/audit';
import type { AuditEntry } from '@registrar/audit';
import type { Identity } from '@registrar/auth';
import type { Hold, HoldsQuery, PlaceHoldRequest } from '@registrar/contracts-enrollments';
import { CursorCodec, Dynamo } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answer, Answered, IdempotentRequest } from '@registrar/idempotency';
import { OutboxRelay } from '@registrar/messaging';
import { CONFIG, Problem, validationFailed } from '@registrar/service';
import { UsersRepository } from '@registrar/users-projection';
import type { EnrollmentsConfig } from '../enrollments.config.ts';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { maxHolds, placeHolds, releaseHold } from './hold-changes.ts';
import type { HoldChange } from './hold-changes.ts';
import { placedKey } from './hold.codec.ts';
import { HoldsRepository } from './holds.repository.ts';

/**
 * Holds on students: placed and released by registrars.
 *
 * Guarantee: a hold that is answered is in force for the very next request, on every instance; hold, record, event and
 * kept answer are one transaction.
 */
@Injectable()
export class HoldsService {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly holds: HoldsRepository,
    private readonly records: StudentRecords,
    private readonly users: UsersRepository,
    private readonly idempotent: IdempotentRequests,
    private readonly cursors: CursorCodec,
    private readonly relay: OutboxRelay,
    private readonly deferred: DeferredWorkEvents,
    private readonly auditor: Auditor,
    @Inject(CONFIG) private readonly config: EnrollmentsConfig,
  ) {}

  /** @throws Problem 422 for an unknown user or too many holds, 503 */
  async place(
    actor: Identity,
    { userId, office, reason, blocks }: PlaceHoldRequest,
    request: IdempotentRequest | undefined,
  ): Promise<Answered<Hold>> {
    await this.requireUser(userId);
    return this.idempotent.runOnce(request, async (record) => {
      let placed: { change: HoldChange; answer: Answer<Hold>; recorded: AuditEntry } | undefined;
      await this.records.change(
        userId,
        (before, placedAt) => {
          if (before.holds.length >= maxHolds) throw tooManyHolds();
          const change = placeHolds(this.dynamo.tables, before, [
            { office, reason, blocks, placedAt, placedBy: actor.id },
          ]);
          const [body] = change.holds;
          if (!body) throw new Error('No hold was placed.');
          const answer = { status: 201, body };
          const recorded = this.entryOf(actor, undefined, body);
          placed = { change, answer, recorded };
          return {
            record: change.record,
            actions: [recorded.action, ...change.actions, ...record(answer, userId)],
          };
        },
        { rejudges: false },
      );
      if (!placed) throw new Error('No hold was placed.');
      this.relay.publish(placed.change.outbox);
      placed.recorded.publish();
      return placed.answer;
    });
  }

  /** A released one is given as it is. @throws Problem 404 `hold_not_found`, 503 */
  async release(actor: Identity, id: string): Promise<Hold> {
    const hold = await this.requireHold(id);
    if (hold.releasedAt !== null) return hold;
    const { userId } = hold;
    const keptDays = this.config.RETENTION_HOLDS_DAYS;
    let released: ReturnType<typeof releaseHold> | undefined;
    let recorded: AuditEntry | undefined;
    const { waits, isChanged } = await this.records.change(
      userId,
      (before, releasedAt) => {
        // Released by somebody else in between.
        if (!before.holds.some((each) => each.id === id)) return { record: undefined };
        const { tables } = this.dynamo;
        const by = { releasedAt, releasedBy: actor.id, keptDays };
        released = releaseHold(tables, before, hold, by);
        recorded = this.entryOf(actor, hold, released.hold);
        return { record: released.record, actions: [recorded.action, ...released.actions] };
      },
      { rejudges: true },
    );
    if (!isChanged || !released) return this.requireHold(id);
    this.relay.publish(released.outbox);
    for (const semesterId of waits) this.deferred.emit('scheduleLoosened', userId, semesterId);
    recorded?.publish();
    return released.hold;
  }

  /** @throws Problem 400 `invalid_cursor`, 422 for an unknown user, 503 */
  async list({ userId, office, active, limit, cursor }: HoldsQuery) {
    const asked = { list: 'holds', userId: userId ?? null, office: office ?? null, active: active ?? null };
    const position = this.cursors.decode<{ before: string }>(asked, cursor);
    if (userId !== undefined) await this.requireUser(userId);
    const found = await this.holds.page({ userId, office, active }, position?.before, limit + 1);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? this.cursors.encode(asked, { before: placedKey(last) }) : null };
  }

  private entryOf(actor: Identity, before: Hold | undefined, after: Hold): AuditEntry {
    const { id, userId } = after;
    return this.auditor.entry({
      actor,
      action: before ? 'hold_released' : 'hold_placed',
      subjectId: userId,
      resource: `hold:${id}`,
      ...changesOf(before, after),
    });
  }

  private async requireHold(id: string): Promise<Hold> {
    const hold = await this.holds.byId(id);
    if (!hold) throw new Problem(404, 'hold_not_found', 'There is no such hold.');
    return hold;
  }

  private async requireUser(userId: string): Promise<void> {
    if (await this.users.byId(userId)) return;
    throw validationFailed([{ path: 'userId', code: 'not_found', message: 'There is no such user.' }]);
  }
}

function tooManyHolds(): Problem {
  const message = `A student has at most ${maxHolds} holds in force. Release others first.`;
  return validationFailed([{ path: 'userId', code: 'too_long', message, params: { max: maxHolds } }]);
}
