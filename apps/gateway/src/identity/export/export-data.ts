import { Injectable } from '@nestjs/common';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import { ExportsRepository } from './exports.repository.ts';

/** The exports that a person asked for. */
@Injectable()
export class ExportData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly exports: ExportsRepository,
  ) {
    super(registry, 'exports');
  }

  override erase(userId: string): Promise<void> {
    return this.exports.deleteOf(userId);
  }

  override async exported(userId: string) {
    return { exports: await this.exports.ofUser(userId) };
  }
}
