import { Injectable, Logger } from '@nestjs/common';

/** Who acted, on whom and from where. */
interface AuditEvent {
  /** Who: a user id, or null for an unknown caller. */
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

  /** @param action what was done, such as `login` or `roles_changed` */
  record(action: string, outcome: 'succeeded' | 'refused', event: AuditEvent): void {
    this.logger.log({ audit: { action, outcome, ...event } }, `${action} ${outcome}`);
  }
}
