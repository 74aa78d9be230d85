import type { HoldNotificationType } from '@registrar/contracts-notifications';
import { holdPlaced } from './hold-placed.template.ts';
import { holdReleased } from './hold-released.template.ts';
import type { HoldTemplate } from './message.ts';

/** The template of each kind of notification about a hold. */
export const holdTemplates: Readonly<Record<HoldNotificationType, HoldTemplate>> = {
  hold_placed: holdPlaced,
  hold_released: holdReleased,
};

/** Whether a kind of row is about a hold. */
export function isHoldType(kind: string): kind is HoldNotificationType {
  return Object.hasOwn(holdTemplates, kind);
}
