import { Injectable, Logger } from '@nestjs/common';

/** Something that must be possible to find out later: who did what, to whom, from where, and how it ended. */
interface AuditEvent {
  /** What was done, such as `login` or `roles_changed`. */
  action: string;
  outcome: 'succeeded' | 'refused';
  /** Who: a user id, or null for nobody known. */
  actorId: string | null;
  /** To whom or what: an id, or a path. */
  target?: string | undefined;
  address: string;
  /** Why it was refused, or what exactly changed. Never a secret, an email or a body. */
  detail?: string | undefined;
}

/** Writes audit events as log lines of their own kind (`audit` holds the event), with the trace they belong to. */
@Injectable()
export class AuditLog {
  private readonly logger = new Logger(AuditLog.name);

  record(audit: AuditEvent): void {
    this.logger.log({ audit }, `${audit.action} ${audit.outcome}`);
  }
}
