import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ExportedRows, PersonalData } from './personal-data.ts';

/** Longer than a request that was under way takes, and than an index lags. */
const settleMs = 3_000;

/** Everything that the features of a service keep of persons. */
@Injectable()
export class PersonalDataRegistry {
  private readonly all: PersonalData[] = [];

  /** @throws Error where another one has its name */
  addData(data: PersonalData): void {
    if (this.all.some(({ name }) => name === data.name))
      throw new Error(`Two features are called ${data.name}.`);
    this.all.push(data);
  }

  /**
   * Erases a person, one feature after the other, and all of it once more after a pause: that finds what was under way the
   * first time, and what an index did not show yet.
   *
   * @throws what the first feature throws that fails; the others are erased
   */
  async erase(userId: string, pauseMs = settleMs): Promise<void> {
    await this.eraseOnce(userId);
    await delay(pauseMs);
    await this.eraseOnce(userId);
  }

  private async eraseOnce(userId: string): Promise<void> {
    const failures: unknown[] = [];
    for (const data of this.all) await data.erase(userId).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  /** Everything of a person. @throws what the first feature throws that cannot be read */
  async exported(userId: string): Promise<ExportedRows> {
    const parts = await Promise.all(this.all.map((data) => data.exported(userId)));
    return Object.assign({}, ...parts) as ExportedRows;
  }
}
