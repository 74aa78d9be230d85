import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ServiceClient, ServiceTokens } from '@registrar/auth';
import { internalGatewayRoutes as routes, internalUser, resetLink } from '@registrar/contracts-gateway';
import { CONFIG, serviceUnavailable } from '@registrar/service';
import type { ServiceAnswer } from '@registrar/auth';
import type { z } from 'zod';
import type { NotificationsConfig } from '../notifications.config.ts';
import type { Person } from './person.ts';

/** A reset link and whom it goes to. Never stored and never logged. */
export type ResetLink = z.infer<typeof resetLink>;

/**
 * What only the gateway knows.
 *
 * Failure: Problem 503 or 504 when it does not answer, or not as agreed; asking again is safe.
 */
@Injectable()
export class GatewayClient implements OnApplicationShutdown {
  private readonly client: ServiceClient;

  constructor(@Inject(CONFIG) config: NotificationsConfig, tokens: ServiceTokens) {
    this.client = new ServiceClient('gateway', config.GATEWAY_URL, tokens);
  }

  /** A user, or undefined where there is none. */
  async user(id: string): Promise<Person | undefined> {
    return read(await this.client.call(routes.getInternalUser, { params: { id } }), internalUser);
  }

  /** The link of a password reset; undefined when it is used, expired or unknown. */
  async resetLink(resetId: string): Promise<ResetLink | undefined> {
    return read(await this.client.call(routes.makeResetLink, { params: { id: resetId } }), resetLink);
  }

  onApplicationShutdown(): Promise<void> {
    return this.client.close();
  }
}

/** The body of a 200 by its schema; undefined for a 404. What does not fit is a gateway that cannot answer now. */
function read<T>({ status, body }: ServiceAnswer, schema: z.ZodType<T>): T | undefined {
  if (status === 404) return undefined;
  const parsed = schema.safeParse(body);
  if (status !== 200 || !parsed.success) throw serviceUnavailable(`The gateway answered ${status}.`);
  return parsed.data;
}
