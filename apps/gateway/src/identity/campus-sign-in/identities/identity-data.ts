import { Injectable } from '@nestjs/common';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import { IdentityRepository } from './identity.repository.ts';

/** The identities of a person at providers of the campus. */
@Injectable()
export class IdentityData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly identities: IdentityRepository,
  ) {
    super(registry, 'identities');
  }

  override async erase(userId: string): Promise<void> {
    await this.identities.deleteOf(userId);
  }

  override async exported(userId: string) {
    return { identities: await this.identities.wholeOfUser(userId) };
  }
}
