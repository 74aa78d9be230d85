import type { z } from 'zod';
import type { exportedRows } from './export/export.routes.ts';
import type { PersonalDataRegistry } from './personal-data-registry.ts';

/** What is exported of a person: rows by the name of the file that they go to. Values are JSON. */
export type ExportedRows = z.infer<typeof exportedRows>;

/**
 * What one feature keeps of persons. Being a provider of a module is enough: it is erased with its person, and is in the
 * person's export.
 */
export abstract class PersonalData {
  /** @param name of the feature, which no other one of the service has */
  constructor(
    registry: PersonalDataRegistry,
    readonly name: string,
  ) {
    registry.addData(this);
  }

  /**
   * Erases what there is of a person, or leaves of it what names nobody.
   *
   * Called again with what is erased already, it changes nothing. What it throws, it is called again for.
   */
  abstract erase(userId: string): Promise<void>;

  /** Everything that is kept of a person; nothing by default. */
  exported(_userId: string): Promise<Readonly<Record<string, readonly object[]>>> {
    return Promise.resolve({});
  }
}
