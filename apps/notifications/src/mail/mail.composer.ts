import { Inject, Injectable } from '@nestjs/common';
import { campusTime } from '@registrar/campus';
import type { CampusTime } from '@registrar/campus';
import type {
  CourseNotificationType,
  HoldNotificationType,
  PermitNotificationType,
} from '@registrar/contracts-notifications';
import { CONFIG } from '@registrar/service';
import { UsersRepository } from '@registrar/users-projection';
import type { NotificationRow } from '../ledger/notification-row.ts';
import { accountMailTemplates } from '../messages/account-mail-templates.ts';
import { campusSignIn } from '../messages/campus-sign-in.template.ts';
import { courseTemplates } from '../messages/course-templates.ts';
import { exportReady } from '../messages/export-ready.template.ts';
import { holdTemplates, isHoldType } from '../messages/hold-templates.ts';
import { mailContent } from '../messages/layout.ts';
import { passwordChanged } from '../messages/password-changed.template.ts';
import { passwordReset } from '../messages/password-reset.template.ts';
import { isPermitType, permitTemplates } from '../messages/permit-templates.ts';
import { oneLine } from '../messages/plain-text.rules.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import { domainOf, isSendable, messageId } from './email.rules.ts';
import { GatewayMailsClient } from './gateway-mails.client.ts';
import type { OutgoingMail } from './smtp.transport.ts';

/** The mail of a row, or why there never will be one. */
type Composed = { mail: OutgoingMail } | { impossible: string };

const maxNameLength = 100;

/**
 * Makes the mail of a row when it is sent: the address as it is now, and for a password reset its link, which
 * is nowhere else.
 *
 * Failure: Problem 503 or 504 when the gateway must be asked and does not answer.
 */
@Injectable()
export class MailComposer {
  private readonly domain: string;
  private readonly campusTime: CampusTime;

  constructor(
    @Inject(CONFIG) private readonly config: NotificationsConfig,
    private readonly users: UsersRepository,
    private readonly gateway: GatewayMailsClient,
  ) {
    this.domain = domainOf(config.MAIL_FROM);
    this.campusTime = campusTime(config.CAMPUS_TIME_ZONE, 'en');
  }

  async compose(row: NotificationRow): Promise<Composed> {
    if (row.kind === 'password_reset') return this.resetMail(row);
    if (row.kind === 'password_changed') return this.passwordMail(row);
    if (row.kind === 'account_mail') return this.accountMail(row);
    if (isHoldType(row.kind)) return this.holdMail(row, row.kind);
    if (isPermitType(row.kind)) return this.permitMail(row, row.kind);
    if (row.kind === 'export_ready') return this.exportMail(row);
    return this.courseMail(row, row.kind);
  }

  private async exportMail(row: NotificationRow): Promise<Composed> {
    const user = await this.users.byId(row.recipient_id);
    if (!user) return { impossible: 'unknown user' };
    if (!row.export) return { impossible: 'no facts' };
    const message = exportReady(row.export, this.config.LINK_BASE, this.campusTime);
    return this.addressed(row, user, mailContent(message, user.name));
  }

  private async holdMail(row: NotificationRow, kind: HoldNotificationType): Promise<Composed> {
    const user = await this.users.byId(row.recipient_id);
    if (!user) return { impossible: 'unknown user' };
    if (!row.hold) return { impossible: 'no facts' };
    const message = holdTemplates[kind](row.hold, this.config.LINK_BASE, this.campusTime);
    return this.addressed(row, user, mailContent(message, user.name));
  }

  private async permitMail(row: NotificationRow, kind: PermitNotificationType): Promise<Composed> {
    const user = await this.users.byId(row.recipient_id);
    if (!user) return { impossible: 'unknown user' };
    if (!row.permit) return { impossible: 'no facts' };
    const message = permitTemplates[kind](row.permit, this.config.LINK_BASE, this.campusTime);
    return this.addressed(row, user, mailContent(message, user.name));
  }

  private async courseMail(row: NotificationRow, kind: CourseNotificationType): Promise<Composed> {
    const user = await this.users.byId(row.recipient_id);
    if (!user) return { impossible: 'unknown user' };
    if (!row.facts) return { impossible: 'no facts' };
    const message = courseTemplates[kind](row.facts, this.config.LINK_BASE);
    return this.addressed(row, user, mailContent(message, user.name));
  }

  private async passwordMail(row: NotificationRow): Promise<Composed> {
    const user = await this.users.byId(row.recipient_id);
    if (!user) return { impossible: 'unknown user' };
    const message = passwordChanged(row.event_at, this.config.LINK_BASE, this.campusTime);
    return this.addressed(row, user, mailContent(message, user.name));
  }

  private async resetMail(row: NotificationRow): Promise<Composed> {
    const reset = await this.gateway.linkOf(row.reset_id ?? '');
    if (!reset) return { impossible: 'reset used or expired' };
    const message = reset.signIn === 'campus' ? campusSignIn(reset.link) : passwordReset(reset.link);
    return this.addressed(row, reset, mailContent(message, reset.name));
  }

  private async accountMail(row: NotificationRow): Promise<Composed> {
    const mail = await this.gateway.accountMail(row.account_mail_id ?? '');
    if (!mail) return { impossible: 'used or expired' };
    return this.addressed(row, mail, mailContent(accountMailTemplates[mail.kind](mail.link), mail.name));
  }

  private addressed(
    { id }: NotificationRow,
    { email, name }: { email: string; name: string },
    content: Pick<OutgoingMail, 'subject' | 'text' | 'html'>,
  ): Composed {
    if (!isSendable(email)) return { impossible: 'unusable address' };
    const to = { name: oneLine(name, maxNameLength), address: email };
    return { mail: { ...content, to, messageId: messageId(id, this.domain) } };
  }
}
