import type { OpenProjections } from '@registrar/messaging';
import { openServiceProjections } from '@registrar/users-projection';
import tables from '../tables.json' with { type: 'json' };

/** The projections of notifications, for `npm run messaging -- rebuild --service notifications --projection people`. */
export function openProjections(environment: NodeJS.ProcessEnv): OpenProjections {
  return openServiceProjections({ service: 'notifications', tables }, environment);
}
