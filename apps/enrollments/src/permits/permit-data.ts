import { Injectable } from '@nestjs/common';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import { PermitsRepository } from './permits.repository.ts';

/** Permits of a person, requests for them, and the words in both. */
@Injectable()
export class PermitData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly permits: PermitsRepository,
  ) {
    super(registry, 'permits');
  }

  override erase(userId: string): Promise<void> {
    return this.permits.deleteOf(userId);
  }

  override async exported(userId: string) {
    const { permits, requests } = await this.permits.allOf(userId);
    return { permits, 'permit-requests': requests };
  }
}
