import { createDynamo } from '@registrar/dynamodb';
import type { OpenProjections } from '@registrar/messaging';
import { loadConfig, serviceConfig } from '@registrar/service';
import { peopleProjection } from '@registrar/users-projection';
import tables from '../tables.json' with { type: 'json' };

const storeConfig = serviceConfig.pick({ DYNAMODB_ENDPOINT: true, AWS_REGION: true, TABLE_PREFIX: true });

/** What notifications knows of others, for `npm run messaging -- rebuild --service notifications --projection people`. */
export function openProjections(environment: NodeJS.ProcessEnv): OpenProjections {
  const config = loadConfig(storeConfig, environment);
  const dynamo = createDynamo({ service: 'notifications', tables, config });
  return {
    projections: [peopleProjection(dynamo)],
    close: () => dynamo.close(),
  };
}
