import { Injectable } from '@nestjs/common';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import { HoldsRepository } from './holds.repository.ts';

/** Holds on a person and their reasons. Those in force are in the student's record, too. */
@Injectable()
export class HoldData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly holds: HoldsRepository,
  ) {
    super(registry, 'holds');
  }

  override erase(userId: string): Promise<void> {
    return this.holds.deleteOf(userId);
  }

  override async exported(userId: string) {
    return { holds: await this.holds.ofUser(userId) };
  }
}
