import { Module } from '@nestjs/common';
import { PreferencesController } from './preferences.controller.ts';
import { PreferencesRepository } from './preferences.repository.ts';

/** Which mails people want. */
@Module({ controllers: [PreferencesController], providers: [PreferencesRepository] })
export class PreferencesModule {}
