import { Injectable } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import type { ChangesRequest, EnrollRequest } from '@registrar/contracts-enrollments';
import { maxChanges } from '@registrar/contracts-enrollments';
import type { RefusalAnswer } from '@registrar/idempotency';
import { forbidden, validationFailed } from '@registrar/service';
import type { Problem } from '@registrar/service';
import { UsersRepository } from '@registrar/users-projection';
import { actorOf } from '../enrollment/access.rules.ts';
import { enrollmentNotFound } from '../enrollment/answers.ts';
import { creditsFault } from '../enrollment/credits.rules.ts';
import type { Actor } from '../enrollment/enrollment.types.ts';
import { OfferingCache } from '../enrollment/store/offering-cache.ts';
import type { Addition, ChangeSet, Removal } from './planning/change-set.ts';
import { courseOfEnrollment, enrollmentId } from './planning/transition.ts';

type PlaceRequest = ChangesRequest['add'][number];

/** For whom a request is, by whom, and what is set aside. */
interface Requester {
  userId: string;
  actor: Actor;
  override: ChangeSet['override'];
}

/** Makes change sets of what clients ask for: who may ask, whether the places are the student's, and the credits possible. */
@Injectable()
export class ChangeRequests {
  constructor(
    private readonly users: UsersRepository,
    private readonly offerings: OfferingCache,
  ) {}

  /** @throws Problem 403, 422 where there is no such user, and for an API client that names none */
  async requester(user: Identity, asked: Pick<EnrollRequest, 'userId' | 'override'>): Promise<Requester> {
    const isOnBehalf = asked.userId !== undefined || asked.override !== undefined;
    if (isOnBehalf && !hasRole(user, 'registrar'))
      throw forbidden('Only a registrar enrolls others or sets rules aside.');
    const isClient = user.clientId !== undefined;
    if (isClient && asked.userId === undefined) throw studentRequired();
    const userId = asked.userId ?? user.id;
    if ((userId !== user.id || isClient) && !(await this.users.byId(userId))) {
      throw validationFailed([{ path: 'userId', code: 'not_found', message: 'There is no such user.' }]);
    }
    const actor = isOnBehalf ? { ...actorOf(user, ''), id: user.id } : actorOf(user, userId);
    return { userId, actor, override: new Set(asked.override ?? []) };
  }

  /**
   * The places to take and to give up.
   *
   * @returns the refusal where one of the enrollments is not the student's
   * @throws Problem 422 for credits that a course does not have, and for a course or a drop that is named twice
   */
  async changes(
    userId: string,
    { add, drop }: Pick<ChangesRequest, 'add' | 'drop'>,
  ): Promise<{ add: Addition[]; drop: Removal[] } | RefusalAnswer> {
    requireDistinct(add, drop);
    const additions = add.map((place): Addition | undefined => additionOf(userId, place));
    const removals = drop.map((id): Removal | undefined => {
      const courseId = ownCourseOf(userId, id);
      return courseId === undefined ? undefined : { courseId, whenEnded: 'unchanged' };
    });
    if ([...additions, ...removals].includes(undefined)) return enrollmentNotFound;
    await this.requireCredits(add);
    return {
      add: additions.filter((each) => each !== undefined),
      drop: removals.filter((each) => each !== undefined),
    };
  }

  /** @throws Problem 422 where credits are fixed and others named, or not within those of the course */
  async requireCredits(
    places: readonly Pick<PlaceRequest, 'courseId' | 'credits'>[],
    at = 'add',
  ): Promise<void> {
    const faults = await Promise.all(
      places.map(async ({ courseId, credits }, index) => {
        const course = credits === undefined ? undefined : await this.offerings.courseNow(courseId);
        if (!course || credits === undefined) return [];
        const fault = creditsFault(course.offering, credits);
        return fault ? [{ path: at === '' ? 'credits' : `${at}.${index}.credits`, ...fault }] : [];
      }),
    );
    if (faults.flat().length > 0) throw validationFailed(faults.flat());
  }
}

function studentRequired(): Problem {
  const message = 'An API client is no student: name the one that it is for.';
  return validationFailed([{ path: 'userId', code: 'required', message }]);
}

/** The course of an own enrollment; undefined where the id is not one. */
export function ownCourseOf(userId: string, id: string): string | undefined {
  const courseId = courseOfEnrollment(id);
  return courseId !== undefined && enrollmentId(courseId, userId) === id ? courseId : undefined;
}

function additionOf(userId: string, { dropOnPromotion, ...place }: PlaceRequest): Addition | undefined {
  if (dropOnPromotion === undefined) return place;
  const dropped = ownCourseOf(userId, dropOnPromotion);
  return dropped === undefined ? undefined : { ...place, dropOnPromotion: dropped };
}

/** @throws Problem 422 with every fault: nothing to change, too much, or something named twice */
function requireDistinct(add: readonly PlaceRequest[], drop: readonly string[]): void {
  const faults: { path: string; code: 'required' | 'too_long' | 'inconsistent'; message: string }[] = [];
  const total = add.length + drop.length;
  if (total === 0)
    faults.push({ path: 'add', code: 'required', message: 'Name a course to add or an enrollment to drop.' });
  if (total > maxChanges)
    faults.push({
      path: 'add',
      code: 'too_long',
      message: `${total} changes; ${maxChanges} are possible at once.`,
    });
  const seen = new Set<string>();
  const once = (path: string, courseId: string | undefined, message: string) => {
    if (courseId !== undefined && seen.has(courseId)) faults.push({ path, code: 'inconsistent', message });
    if (courseId !== undefined) seen.add(courseId);
  };
  for (const [at, id] of drop.entries())
    once(`drop.${at}`, courseOfEnrollment(id) ?? id, 'Each enrollment can be dropped once.');
  for (const [at, { courseId }] of add.entries())
    once(`add.${at}.courseId`, courseId, 'Each course can be named once.');
  for (const [at, { dropOnPromotion }] of add.entries()) {
    const course = dropOnPromotion === undefined ? undefined : courseOfEnrollment(dropOnPromotion);
    once(`add.${at}.dropOnPromotion`, course, 'It is added, or dropped already, in the same request.');
  }
  if (faults.length > 0) throw validationFailed(faults);
}
