import type { Random } from '@registrar/testing/random';
import type { ClientModel } from './client-model.ts';
import type { Journal } from './journal.ts';
import type { Sender } from './sender.ts';

/** What students and registrars act with. */
export interface ActionParts {
  readonly random: Random;
  readonly clientModel: ClientModel;
  readonly journal: Journal;
  readonly sender: Sender;
  readonly registrarId: string;
}
