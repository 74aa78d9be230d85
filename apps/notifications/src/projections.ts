import { userRegistered, userUpdated } from '@registrar/contracts-gateway';
import { createDynamo } from '@registrar/dynamodb';
import { projection } from '@registrar/messaging';
import type { OpenProjections } from '@registrar/messaging';
import { loadConfig, serviceConfig } from '@registrar/service';
import tables from '../tables.json' with { type: 'json' };
import { PeopleProjection } from './people/people.projection.ts';

const storeConfig = serviceConfig.pick({ DYNAMODB_ENDPOINT: true, AWS_REGION: true, TABLE_PREFIX: true });

/** What notifications knows of others, for `npm run messaging -- rebuild --service notifications --projection people`. */
export function openProjections(environment: NodeJS.ProcessEnv): OpenProjections {
  const config = loadConfig(storeConfig, environment);
  const dynamo = createDynamo({ service: 'notifications', tables, config });
  const people = new PeopleProjection(dynamo);
  return {
    projections: [
      projection('people', [userRegistered, userUpdated], ({ data: { user } }) => people.keep(user)),
    ],
    close: () => dynamo.close(),
  };
}
