import { Injectable } from '@nestjs/common';
import { overloaded } from '../problems/problem.ts';

/** Imports at a time on this instance: registrars are few, and each import keeps many requests under way. */
const maxImports = 2;

/** Bounds how many imports run at a time. Failure: 503 `overloaded` before anything is done. */
@Injectable()
export class ImportSlots {
  private occupied = 0;

  async occupy<T>(work: () => Promise<T>): Promise<T> {
    if (this.occupied >= maxImports) throw overloaded(5);
    this.occupied += 1;
    try {
      return await work();
    } finally {
      this.occupied -= 1;
    }
  }
}
