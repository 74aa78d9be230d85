import type { PermitNotificationType } from '@registrar/contracts-notifications';
import type { PermitTemplate } from './message.ts';
import { permitDeclined } from './permit-declined.template.ts';
import { permitted } from './permitted.template.ts';

/** The template of each kind of notification about a permit. */
export const permitTemplates: Readonly<Record<PermitNotificationType, PermitTemplate>> = {
  permitted,
  permit_declined: permitDeclined,
};

/** Whether a kind of row is about a permit. */
export function isPermitType(kind: string): kind is PermitNotificationType {
  return Object.hasOwn(permitTemplates, kind);
}
