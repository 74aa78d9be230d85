import { readFileSync } from 'node:fs';
import type { OpenProjections } from '@registrar/messaging';
import { openServiceProjections } from '@registrar/users-projection';

/** The projections of courses, for `npm run messaging -- rebuild --service courses --projection people`. */
export function openProjections(environment: NodeJS.ProcessEnv): OpenProjections {
  const tables: unknown = JSON.parse(readFileSync(new URL('../tables.json', import.meta.url), 'utf8'));
  return openServiceProjections({ service: 'courses', tables }, environment);
}
