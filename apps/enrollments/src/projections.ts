import { courseCancelled, courseCreated, courseUpdated, semesterUpdated } from '@registrar/contracts-courses';
import { createDynamo } from '@registrar/dynamodb';
import { projection } from '@registrar/messaging';
import type { OpenProjections } from '@registrar/messaging';
import { loadConfig, serviceConfig } from '@registrar/service';
import { peopleProjection } from '@registrar/users-projection';
import tables from '../tables.json' with { type: 'json' };
import { OfferingsService } from './offerings/offerings.service.ts';
import { SemestersService } from './offerings/semesters.service.ts';
import { DeferredWorkEvents } from './registration/commit/deferred-work.events.ts';
import { SemestersRepository } from './enrollment/store/semesters.repository.ts';

const storeConfig = serviceConfig.pick({ DYNAMODB_ENDPOINT: true, AWS_REGION: true, TABLE_PREFIX: true });

/**
 * What enrollments knows of others, for `npm run messaging -- rebuild --service enrollments --projection ...`:
 * each is fenced by versions, so a replay beside the running service changes nothing that is known.
 */
export function openProjections(environment: NodeJS.ProcessEnv): OpenProjections {
  const config = loadConfig(storeConfig, environment);
  const dynamo = createDynamo({ service: 'enrollments', tables, config });
  // Work that a replayed fact leaves is marked in the store: the running instances continue it.
  const offerings = new OfferingsService(dynamo, new DeferredWorkEvents());
  const semesters = new SemestersService(dynamo, new SemestersRepository(dynamo));
  return {
    projections: [
      projection(
        'offerings',
        [courseCreated, courseUpdated, courseCancelled],
        async ({ data: { course, actorId } }) => {
          await offerings.putCourse(course.id, { ...course, actorId }, { isFact: true });
        },
      ),
      projection('semesters', semesterUpdated, ({ data: { semester } }) =>
        semesters.put(semester.id, semester),
      ),
      peopleProjection(dynamo),
    ],
    close: () => {
      dynamo.close();
      return Promise.resolve();
    },
  };
}
