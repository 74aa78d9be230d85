import type { ViewRepository } from '../commit/view.repository.ts';

/** Courses of which each is a class of its own, known at once. */
export const ownClasses: Pick<ViewRepository, 'knownClassOf'> = { knownClassOf: (courseId) => courseId };
