import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Dynamo, conditionHeld } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { OutboxRelay, outboxAction } from '@registrar/messaging';
import type { CloudEvent, OutboxEntry } from '@registrar/messaging';
import { SERVICE_NAME } from '@registrar/service';
import { auditEvent, auditOutboxEntry } from './audit-event.ts';
import type { AuditFacts } from './audit-event.ts';
import { NoteBuffer } from './note-buffer.ts';

/** A record on its way into somebody's transaction. */
export interface AuditEntry {
  /** What is published after the commit. */
  readonly outbox: OutboxEntry;
  /** Belongs into the transaction of the change; it never fails by itself. */
  readonly action: TransactAction;
  /** To be called once the commit stands; a sweeper does it otherwise. */
  publish(): void;
}

/**
 * Records who did, read or was refused what: each record goes through the service's outbox to the gateway, which keeps it.
 *
 * Guarantee, by how it is recorded: `entry` stands or falls with its transaction, so that no acknowledged write lacks
 * its record; `record` is durable when it resolves, before the answer; `note` is written at once beside the answer, and
 * is lost where the process dies in these milliseconds, or where thousands wait for a store that is away (counted by
 * `audit_records_dropped_total`).
 */
@Injectable()
export class Auditor implements BeforeApplicationShutdown {
  private readonly notes = this.buffer('note', 10_000, 0);
  private readonly refusals = this.buffer('refusal', 1_000, 200);

  constructor(
    private readonly dynamo: Dynamo,
    private readonly relay: OutboxRelay,
    @Inject(SERVICE_NAME) private readonly service: string,
  ) {}

  /** A record for the transaction of a write. */
  entry(facts: AuditFacts): AuditEntry {
    const outbox = auditOutboxEntry([auditEvent(this.service, facts)]);
    const publish = () => this.relay.publish(outbox);
    return { outbox, action: outboxAction(this.dynamo.tables, outbox), publish };
  }

  /** A record of what has no transaction of its own. @throws StoreUnavailable */
  record(facts: AuditFacts): Promise<void> {
    return this.write([auditEvent(this.service, facts)]);
  }

  /** A record that no answer waits for. */
  note(facts: AuditFacts): void {
    this.notes.addNote(auditEvent(this.service, facts));
  }

  /** The same for refusals, which a flood can cause: at most 250 a second are written, and 1,000 wait. */
  noteRefusal(facts: AuditFacts): void {
    this.refusals.addNote(auditEvent(this.service, facts));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.notes.close(), this.refusals.close()]);
  }

  private buffer(kind: string, maxWaiting: number, pauseMs: number): NoteBuffer {
    return new NoteBuffer((notes) => this.write(notes), { kind, maxWaiting, pauseMs });
  }

  private async write(events: readonly [CloudEvent, ...CloudEvent[]]): Promise<void> {
    const outbox = auditOutboxEntry(events);
    const { Put } = outboxAction(this.dynamo.tables, outbox);
    // Nobody else has the key: a condition that does not hold says that an earlier try was written.
    if (Put) await conditionHeld(this.dynamo.put(Put));
    this.relay.publish(outbox);
  }
}
