import { Injectable } from '@nestjs/common';
import { Auditor } from '@registrar/audit';
import type { AuditEntry, AuditFacts, ChangedFields } from '@registrar/audit';

/** Who acted, on whom and from where. */
interface AuditEvent {
  /** Who: a user id, or null for an unknown caller. */
  actorId: string | null;
  /** To whom or what: an id. Default: the actor. */
  target?: string | undefined;
  address?: string | undefined;
  /** Why it was refused, or what exactly changed. Never a secret, an email or a body. */
  detail?: string | undefined;
  /** What changed, as `changesOf` gives it; `detail` is left out where these say it. */
  before?: ChangedFields | null | undefined;
  after?: ChangedFields | null | undefined;
}

type Outcome = 'succeeded' | 'refused';

/** What ids of the gateway's things begin with, and what they are. */
const kinds = new Map([
  ['usr', 'user'],
  ['client', 'client'],
  ['ses', 'session'],
]);

/**
 * Records what happens to accounts and sessions.
 *
 * Guarantee: that of `Auditor`: what `entry` gives belongs into the transaction of a change by staff, `record` is for
 * what has none and writes beside the answer.
 */
@Injectable()
export class AuditLog {
  constructor(private readonly auditor: Auditor) {}

  /** @param action what was done, such as `login` or `roles_changed` */
  record(action: string, outcome: Outcome, event: AuditEvent): void {
    this.auditor.note(factsOf(action, outcome, event));
  }

  /** The same for the transaction of the change: its action, and its entry of the outbox for the ledger. */
  entry(action: string, event: AuditEvent): AuditEntry {
    return this.auditor.entry(factsOf(action, 'succeeded', event));
  }
}

function factsOf(action: string, outcome: Outcome, event: AuditEvent): AuditFacts {
  const { actorId, target = actorId ?? undefined, address, detail, before, after } = event;
  const hasStates = before !== undefined || after !== undefined || detail === undefined;
  return {
    actor: actorId === null ? null : { id: actorId },
    action,
    outcome,
    subjectId: target?.startsWith('usr_') ? target : null,
    resource: target === undefined ? 'user' : resourceOf(target),
    before: before ?? null,
    after: hasStates ? (after ?? null) : { [outcome === 'refused' ? 'code' : 'detail']: detail },
    address,
  };
}

function resourceOf(id: string): string {
  const kind = kinds.get(id.split('_', 1)[0] ?? '');
  return kind === undefined ? id : `${kind}:${id}`;
}
