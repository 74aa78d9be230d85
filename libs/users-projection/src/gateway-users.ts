import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ServiceClient, ServiceTokens } from '@registrar/auth';
import type { ServiceAnswer } from '@registrar/auth';
import { internalGatewayRoutes as routes, internalUser } from '@registrar/contracts-gateway';
import type { UserState } from '@registrar/contracts-gateway';
import { CONFIG, serviceUnavailable } from '@registrar/service';
import { z } from 'zod';

const notFound = z.object({ code: z.literal('user_not_found') });

const opaqueId = /^[\w-]{1,64}$/;

/** What a service with this projection reads from its environment. */
interface UsersConfig {
  /** Addresses of the gateway, for users who registered a moment ago. */
  readonly GATEWAY_URL: string[];
}

/**
 * Asks the gateway for single users, and reports to it that one is erased.
 *
 * Failure: Problem 503 `service_unavailable` or 504 `upstream_timeout`. A missing answer is never taken for "no such
 * user".
 */
@Injectable()
export class GatewayUsers implements OnApplicationShutdown {
  private readonly gateway: ServiceClient;

  constructor(tokens: ServiceTokens, @Inject(CONFIG) config: UsersConfig) {
    this.gateway = new ServiceClient('gateway', config.GATEWAY_URL, tokens);
  }

  async byId(id: string): Promise<UserState | undefined> {
    // Nobody has another id, and one such as `..` would be another path.
    if (!opaqueId.test(id)) return undefined;
    return userIn(await this.gateway.call(routes.getInternalUser, { params: { id } }));
  }

  async byEmail(email: string): Promise<UserState | undefined> {
    return userIn(await this.gateway.call(routes.findInternalUser, { query: { email } }));
  }

  async byExternalId(externalId: string): Promise<UserState | undefined> {
    return userIn(await this.gateway.call(routes.findInternalUser, { query: { externalId } }));
  }

  /** Says that `service` has erased the person of an erasure. */
  async reportErased(erasureId: string, service: string): Promise<void> {
    const params = { id: erasureId, name: service };
    const { status } = await this.gateway.call(routes.reportErased, { params });
    if (status !== 204) throw serviceUnavailable('The gateway did not take it that a person is erased.');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.gateway.close();
  }
}

function userIn({ status, body }: ServiceAnswer): UserState | undefined {
  if (status === 404 && notFound.safeParse(body).success) return undefined;
  const user = internalUser.safeParse(body);
  if (status === 200 && user.success) return user.data;
  throw serviceUnavailable(
    'The user cannot be looked up right now. Try again in a few seconds.',
    new Error(`The gateway answered ${status}.`),
  );
}
