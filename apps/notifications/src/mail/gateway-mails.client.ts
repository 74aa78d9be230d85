import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ServiceClient, ServiceTokens } from '@registrar/auth';
import { accountMail, internalGatewayRoutes as routes, resetLink } from '@registrar/contracts-gateway';
import type { AccountMail } from '@registrar/contracts-gateway';
import { CONFIG, serviceUnavailable } from '@registrar/service';
import type { z } from 'zod';
import type { NotificationsConfig } from '../notifications.config.ts';

/** A reset link and whom it goes to. Never stored and never logged. */
export type ResetLink = z.infer<typeof resetLink>;

/**
 * Fetches what only the gateway has, when a mail is sent: links of password resets, and mails that the gateway words.
 *
 * Failure: Problem 503 or 504 when the gateway does not answer, or not as agreed; asking again is safe.
 */
@Injectable()
export class GatewayMailsClient implements OnApplicationShutdown {
  private readonly gateway: ServiceClient;

  constructor(@Inject(CONFIG) config: NotificationsConfig, tokens: ServiceTokens) {
    this.gateway = new ServiceClient('gateway', config.GATEWAY_URL, tokens);
  }

  /** The link of a password reset; undefined when it is used, expired or unknown. */
  async linkOf(resetId: string): Promise<ResetLink | undefined> {
    const { status, body } = await this.gateway.call(routes.makeResetLink, { params: { id: resetId } });
    if (status === 404) return undefined;
    const link = resetLink.safeParse(body);
    if (status !== 200 || !link.success) throw serviceUnavailable(`The gateway answered ${status}.`);
    return link.data;
  }

  /** A mail about an account; undefined when there is nothing to say any more. */
  async accountMail(mailId: string): Promise<AccountMail | undefined> {
    const { status, body } = await this.gateway.call(routes.makeAccountMail, { params: { id: mailId } });
    if (status === 404) return undefined;
    const mail = accountMail.safeParse(body);
    if (status !== 200 || !mail.success) throw serviceUnavailable(`The gateway answered ${status}.`);
    return mail.data;
  }

  onApplicationShutdown(): Promise<void> {
    return this.gateway.close();
  }
}
