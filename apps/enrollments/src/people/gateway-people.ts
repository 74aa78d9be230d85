import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ServiceClient, ServiceTokens } from '@registrar/auth';
import type { ServiceAnswer } from '@registrar/auth';
import { internalGatewayRoutes as routes, internalUser } from '@registrar/contracts-gateway';
import type { UserState } from '@registrar/contracts-gateway';
import { CONFIG, serviceUnavailable } from '@registrar/service';
import { z } from 'zod';
import type { EnrollmentsConfig } from '../enrollments.config.ts';

const notFound = z.object({ code: z.literal('user_not_found') });

/**
 * Asks the gateway about single people.
 *
 * Failure: Problem 503 `service_unavailable` or 504 `upstream_timeout`; never "nobody" for want of an answer.
 */
@Injectable()
export class GatewayPeople implements OnApplicationShutdown {
  private readonly gateway: ServiceClient;

  constructor(tokens: ServiceTokens, @Inject(CONFIG) config: EnrollmentsConfig) {
    this.gateway = new ServiceClient('gateway', config.GATEWAY_URL, tokens);
  }

  byId(id: string): Promise<UserState | undefined> {
    return personIn(this.gateway.call(routes.getInternalUser, { params: { id } }));
  }

  byEmail(email: string): Promise<UserState | undefined> {
    return personIn(this.gateway.call(routes.findInternalUser, { query: { email } }));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.gateway.close();
  }
}

async function personIn(asked: Promise<ServiceAnswer>): Promise<UserState | undefined> {
  const { status, body } = await asked;
  if (status === 200) return internalUser.parse(body);
  if (status === 404 && notFound.safeParse(body).success) return undefined;
  throw serviceUnavailable(
    'It cannot be told now who this is.',
    new Error(`The gateway answered ${status}.`),
  );
}
