import { Controller } from '@nestjs/common';
import { userErased } from '@registrar/contracts-gateway';
import type { UserErasedData } from '@registrar/contracts-gateway';
import { RetryLater, ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { PersonalDataRegistry } from '@registrar/privacy';
import { AccountRepository } from '../accounts/account.repository.ts';
import { AttemptRepository } from '../attempts/attempt.repository.ts';
import { ConfirmationRepository } from '../confirmations/confirmation.repository.ts';
import { ErasuresRepository } from './erasures.repository.ts';

/**
 * Erases what the gateway keeps of a person beside the account.
 *
 * Guarantee: tried until everything is erased, however often the event comes.
 */
@Controller()
export class ErasureConsumer {
  constructor(
    private readonly data: PersonalDataRegistry,
    private readonly accounts: AccountRepository,
    private readonly erasures: ErasuresRepository,
    private readonly attempts: AttemptRepository,
    private readonly confirmations: ConfirmationRepository,
  ) {}

  @ServiceEvent(userErased, { concurrency: 32 })
  async userErased({ data }: CloudEvent<UserErasedData>): Promise<void> {
    try {
      await this.erase(data);
    } catch (cause) {
      throw new RetryLater('A person is not erased yet.', { cause });
    }
  }

  private async erase({ userId, erasureId }: UserErasedData): Promise<void> {
    const digest = (await this.erasures.byId(erasureId))?.email_digest;
    await this.data.erase(userId);
    const epoch = (await this.accounts.erasedById(userId))?.session_epoch ?? 1;
    // The erasure raised it.
    if (digest !== undefined) {
      await this.attempts.forget(digest, epoch - 1);
      await this.confirmations.forget(digest);
    }
    await this.erasures.forgetEmail(erasureId);
    await this.erasures.markDone(erasureId, 'gateway');
  }
}
