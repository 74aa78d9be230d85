import { Injectable } from '@nestjs/common';
import { Auditor, changesOf } from '@registrar/audit';
import type { AuditEntry } from '@registrar/audit';
import { semesterUpdated } from '@registrar/contracts-courses';
import type { Semester } from '@registrar/contracts-courses';
import { Dynamo, TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { OutboxRelay, makeEvent, outboxAction, outboxEntry } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { EnrollmentsClient } from '../pending-changes/enrollments.client.ts';
import { PendingChangeRunner } from '../pending-changes/pending-change-runner.ts';
import { PendingChangeItems, asDecidedOn, holding } from '../pending-changes/pending-change-items.ts';
import type { PendingChangeStore } from '../pending-changes/pending-change.ts';
import { attributesOf, currentKey, intentOf, semesterKey, storedOf } from './semester.codec.ts';
import type { PendingSemesterChange, SemesterItem } from './semester.codec.ts';
import { noLongerCurrent } from './semester.rules.ts';
import { SemestersService } from './semesters.service.ts';

/** Who is current before a commit, and what becomes of them by it. */
interface Succession {
  /** Id of the semester that is current now. */
  currentId: string | undefined;
  /** That semester, no longer current, and its version until now. */
  demoted: { state: Semester; before: number } | undefined;
}

/**
 * Semesters on their way to a new state: the pending change on the semester's own item, then the commit.
 *
 * Guarantee: at most one semester is current, whichever instances change which: the item that names it, the new
 * one and the one before change in one transaction, with an event of each.
 */
@Injectable()
export class SemesterChangeStore
  extends PendingChangeItems<Semester, PendingSemesterChange, SemesterItem>
  implements PendingChangeStore<Semester, PendingSemesterChange, void>
{
  constructor(
    dynamo: Dynamo,
    private readonly relay: OutboxRelay,
    private readonly enrollments: EnrollmentsClient,
    private readonly semesters: SemestersService,
    private readonly auditor: Auditor,
  ) {
    super(dynamo, { table: 'semesters', index: 'PendingSemesters', keyOf: semesterKey, storedOf, intentOf });
  }

  /**
   * Writes the pending change down.
   *
   * @param before version it was decided on
   * @throws TransactionCancelled where another change was first
   */
  async begin(pending: PendingSemesterChange, before: number | undefined): Promise<void> {
    await this.dynamo.transact([this.beginning(pending, before)]);
  }

  requestApproval({ state }: PendingSemesterChange): Promise<void> {
    return this.enrollments.putSemester(state);
  }

  withdraw(pending: PendingSemesterChange): Promise<void> {
    return this.withdrawWith(pending);
  }

  async commit(pending: PendingSemesterChange): Promise<void> {
    const { state, actorId } = pending;
    const recorded = await this.entryOf(pending);
    const attempt = async () => {
      const succession = await this.successionTo(state);
      const changed = succession.demoted ? [state, succession.demoted.state] : [state];
      const entries = changed.map((semester) => eventEntry(semester, actorId));
      await this.dynamo.transact([
        this.putState(pending),
        ...this.succeed(state, succession),
        ...entries.map((entry) => outboxAction(this.dynamo.tables, entry)),
        recorded.action,
      ]);
      await this.committed(changed, entries);
    };
    await retryOnConflict(attempt, { isRetryable: isHeldStill });
    recorded.publish();
  }

  /** The pending change keeps its semester as it was decided on: what is read here is what the commit replaces. */
  private async entryOf({ state, actorId }: PendingSemesterChange): Promise<AuditEntry> {
    const before = (await this.read(state.id))?.state;
    return this.auditor.entry({
      actor: { id: actorId },
      action: before ? 'semester_changed' : 'semester_created',
      resource: `semester:${state.id}`,
      ...changesOf(before, state, { personal: [] }),
    });
  }

  /** Who is current now, and what becomes of it. A change of it that is on its way is helped to its end first. */
  private async successionTo(state: Semester): Promise<Succession> {
    const current = await this.dynamo.get<{ semester_id: string }>('semesters', currentKey);
    const currentId = current?.semester_id;
    if (!state.current || currentId === undefined || currentId === state.id)
      return { currentId, demoted: undefined };
    const stored = await new PendingChangeRunner(this).readCompleted(currentId);
    if (!stored?.state) return { currentId, demoted: undefined };
    const demoted = noLongerCurrent(stored.state, stored.lastVersion + 1, state.updatedAt);
    return { currentId, demoted: { state: demoted, before: stored.state.version } };
  }

  private putState({ token, state }: PendingSemesterChange): TransactAction {
    return {
      Put: {
        TableName: this.table,
        Item: { ...semesterKey(state.id), ...attributesOf(state) },
        ...holding(token),
      },
    };
  }

  private succeed(state: Semester, { currentId, demoted }: Succession): TransactAction[] {
    const named = { TableName: this.table, ExpressionAttributeValues: { ':before': currentId } };
    if (!state.current) {
      if (currentId !== state.id) return [];
      return [{ Delete: { ...named, Key: currentKey, ConditionExpression: 'semester_id = :before' } }];
    }
    const Item = { ...currentKey, semester_id: state.id };
    const isFirst = { TableName: this.table, ConditionExpression: 'attribute_not_exists(id)' };
    const isNext = { ...named, ConditionExpression: 'semester_id = :before' };
    return [
      { Put: { Item, ...(currentId === undefined ? isFirst : isNext) } },
      ...(demoted ? [this.demote(demoted)] : []),
    ];
  }

  private demote({ state, before }: NonNullable<Succession['demoted']>): TransactAction {
    return {
      Put: {
        TableName: this.table,
        Item: { ...semesterKey(state.id), ...attributesOf(state) },
        ...asDecidedOn(before, state.version),
      },
    };
  }

  private async committed(changed: Semester[], entries: OutboxEntry[]): Promise<void> {
    for (const entry of entries) this.relay.publish(entry);
    for (const semester of changed) await this.semesters.apply(semester);
  }
}

/** Whether the pending change is there still, but another semester became current, or changed, in between. */
function isHeldStill(error: unknown): boolean {
  return error instanceof TransactionCancelled && !error.failedCondition(0) && !error.isRefused;
}

function eventEntry(semester: Semester, actorId: string): OutboxEntry {
  const event = makeEvent(semesterUpdated, {
    id: newId('evt'),
    subject: semester.id,
    time: new Date(semester.updatedAt),
    data: { semester, actorId },
  });
  const { topic } = semesterUpdated;
  const { id: key, version: sequence } = semester;
  return outboxEntry({ topic, key, sequence, events: [event], now: Date.now() });
}
