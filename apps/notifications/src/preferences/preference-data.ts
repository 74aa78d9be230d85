import { Injectable } from '@nestjs/common';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import { PreferencesRepository } from './preferences.repository.ts';

/** Which mails a person wants. They are in the item of the inbox, and are erased with it. */
@Injectable()
export class PreferenceData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly preferences: PreferencesRepository,
  ) {
    super(registry, 'preferences');
  }

  override erase(userId: string): Promise<void> {
    return this.preferences.forget(userId);
  }

  override async exported(userId: string) {
    const { value } = await this.preferences.of(userId);
    return { preferences: [value] };
  }
}
