import { Module } from '@nestjs/common';
import { PreferencesController } from './preferences.controller.ts';
import { PreferenceData } from './preference-data.ts';
import { PreferencesRepository } from './preferences.repository.ts';

/** Which mails people want. */
@Module({ controllers: [PreferencesController], providers: [PreferenceData, PreferencesRepository] })
export class PreferencesModule {}
