import { Injectable } from '@nestjs/common';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import { PlansRepository } from './plans.repository.ts';

/** What a person plans to take. */
@Injectable()
export class PlanData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly plans: PlansRepository,
  ) {
    super(registry, 'plans');
  }

  override erase(userId: string): Promise<void> {
    return this.plans.deleteOf(userId);
  }

  override async exported(userId: string) {
    return { plans: await this.plans.ofUser(userId) };
  }
}
