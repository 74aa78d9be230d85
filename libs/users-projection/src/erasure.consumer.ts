import { Controller, Inject } from '@nestjs/common';
import { userErased } from '@registrar/contracts-gateway';
import type { UserErasedData } from '@registrar/contracts-gateway';
import { RetryLater, ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { PersonalDataRegistry } from '@registrar/privacy';
import { SERVICE_NAME } from '@registrar/service';
import { GatewayUsers } from './gateway-users.ts';
import { UsersRepository } from './users.repository.ts';

/**
 * Erases persons in this service, and reports each to the gateway.
 *
 * Guarantee: tried until everything is erased and reported, however often the event comes.
 */
@Controller()
export class ErasureConsumer {
  constructor(
    private readonly users: UsersRepository,
    private readonly data: PersonalDataRegistry,
    private readonly gateway: GatewayUsers,
    @Inject(SERVICE_NAME) private readonly service: string,
  ) {}

  @ServiceEvent(userErased, { concurrency: 32 })
  async userErased({ data }: CloudEvent<UserErasedData>): Promise<void> {
    try {
      await this.erase(data);
    } catch (cause) {
      throw new RetryLater('A person is not erased yet.', { cause });
    }
  }

  private async erase({ userId, erasureId, version }: UserErasedData): Promise<void> {
    await this.users.erase(userId, version);
    await this.data.erase(userId);
    await this.gateway.reportErased(erasureId, this.service);
  }
}
