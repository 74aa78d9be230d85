import { Injectable } from '@nestjs/common';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import { AccountRepository } from './account.repository.ts';
import { userOf } from './user.ts';

/** A person's account. What begins an erasure has erased it already. */
@Injectable()
export class AccountData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly accounts: AccountRepository,
  ) {
    super(registry, 'account');
  }

  override erase(): Promise<void> {
    return Promise.resolve();
  }

  override async exported(userId: string) {
    const account = await this.accounts.byId(userId);
    return { account: account ? [userOf(account)] : [] };
  }
}
