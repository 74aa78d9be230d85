import { courseCancelled, courseCreated, courseUpdated, semesterUpdated } from '@registrar/contracts-courses';
import type { Dynamo } from '@registrar/dynamodb';
import { projection } from '@registrar/messaging';
import type { OpenProjections, Projection } from '@registrar/messaging';
import { openServiceProjections } from '@registrar/users-projection';
import tables from '../tables.json' with { type: 'json' };
import { OfferingsService } from './offerings/offerings.service.ts';
import { SemestersService } from './offerings/semesters.service.ts';
import { DeferredWorkEvents } from './registration/commit/deferred-work.events.ts';
import { SemestersRepository } from './enrollment/store/semesters.repository.ts';

/**
 * The projections of enrollments, for `npm run messaging -- rebuild --service enrollments --projection ...`: each is
 * guarded by versions, so a replay beside the running service never brings back an older state.
 */
export function openProjections(environment: NodeJS.ProcessEnv): OpenProjections {
  return openServiceProjections({ service: 'enrollments', tables }, environment, ownProjections);
}

function ownProjections(dynamo: Dynamo): Projection[] {
  // Work that a replayed fact leaves is marked in the store: the running instances continue it.
  const offerings = new OfferingsService(dynamo, new DeferredWorkEvents());
  const semesters = new SemestersService(dynamo, new SemestersRepository(dynamo));
  const courseEvents = [courseCreated, courseUpdated, courseCancelled] as const;
  return [
    projection('offerings', courseEvents, async ({ data: { course, actorId } }) => {
      await offerings.putCourse(course.id, { ...course, actorId }, { isFact: true });
    }),
    projection('semesters', semesterUpdated, ({ data: { semester } }) =>
      semesters.put(semester.id, semester),
    ),
  ];
}
