import { readFileSync } from 'node:fs';
import { createDynamo } from '@registrar/dynamodb';
import type { OpenProjections } from '@registrar/messaging';
import { loadConfig, serviceConfig } from '@registrar/service';
import { peopleProjection } from '@registrar/users-projection';

const storeConfig = serviceConfig.pick({ DYNAMODB_ENDPOINT: true, AWS_REGION: true, TABLE_PREFIX: true });

/** What courses knows of others, for `npm run messaging -- rebuild --service courses --projection people`. */
export function openProjections(environment: NodeJS.ProcessEnv): OpenProjections {
  const config = loadConfig(storeConfig, environment);
  const tables: unknown = JSON.parse(readFileSync(new URL('../tables.json', import.meta.url), 'utf8'));
  const dynamo = createDynamo({ service: 'courses', tables, config });
  return {
    projections: [peopleProjection(dynamo)],
    close: () => dynamo.close(),
  };
}
