import { useEffect, useState } from 'react';
import { isSettled, refreshReads } from '../api/queries.ts';
import { useSession } from '../app/session-hooks.ts';
import { signInRequest } from '../app/sign-in-request.ts';
import { placesOf } from '../cart/cart.rules.ts';
import { deadlinesOf } from '../catalogue/course-terms.ts';
import { useCounts } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useSemester } from '../catalogue/use-semesters.ts';
import type { Write } from '../intents/intents.ts';
import { ownReads, useWrite } from '../intents/intents.ts';
import { isFailed } from './eligibility.rules.ts';
import { useEligibility } from './use-eligibility.ts';
import { useLinked } from './use-linked.ts';
import { useOwnCourses } from './use-own-courses.ts';
import { useOwnPermit } from './use-permits.ts';
import { useOwnSeats } from './use-own-seats.ts';
import { useOwnWindow, usePauseCheck } from './use-own-window.ts';
import { useWindowStanding } from './use-window.ts';
import type { Foreseen, Known } from './why-not.rules.ts';
import { foresee } from './why-not.rules.ts';

/** How the reader stands towards a course, what stands in the way, and what can be done. */
export function useRegistration(course: Course) {
  const write = useWrite();
  const { user } = useSession();
  const semesterRead = useSemester(course.semesterId);
  const semester = semesterRead.data ?? undefined;
  const { window, holds, read: windowRead } = useOwnWindow(semester, course);
  const { state: windowState, isPaused } = useWindowStanding(window);
  const counts = useCounts(course);
  const own = useOwnCourses(course.semesterId);
  const eligibility = useEligibility(course, own.enrollments);
  const held = own.byCourse.get(course.id);
  const linked = useLinked(course, own);
  const ownSeats = useOwnSeats(course);
  const { permit, allowed, read: permitRead } = useOwnPermit(course);
  const [credits, chooseCredits] = useState<number>();
  usePauseCheck(isPaused);
  useWindowRefresh(write);

  const isFull = counts.seatsAvailable === 0;
  const canWait = counts.waitlistedCount < course.waitlistCapacity;
  const canAct = windowState === 'open' && !isPaused && course.status === 'open';
  const { record, history, scale } = eligibility;
  const known: Known = {
    current: [...own.byCourse.values()],
    seated: own.seated,
    courses: own.courses,
    holds,
    student: record,
    history,
    creditLimit: record?.creditLimit ?? semester?.creditLimit,
    scale,
    hasPermit: permitRead.data && allowed.has('permission_required'),
    linked: linked.ids,
    seats: ownSeats.data && { available: counts.seatsAvailable, own: ownSeats.data.available, canWait },
    credits,
  };
  const foreseen = held
    ? []
    : foreseeAll(course, linked.chosen, known).filter(({ code }) => !allowed.has(code));
  const subject = { courseId: course.id, courseCode: course.code };
  const names = Object.fromEntries([
    ...own.enrollments.map(({ courseId, courseCode }) => [courseId, courseCode] as const),
    ...[course, ...linked.chosen].map(({ id, code, section }) => [id, `${code} ${section}`] as const),
  ]);
  const placesFor = (joinWaitlist: boolean, dropOnPromotion?: string) => {
    const item = { courseId: course.id, linked: linked.chosen.map(({ id }) => id), credits, joinWaitlist };
    return placesOf([item], dropOnPromotion);
  };
  const enroll = (joinWaitlist: boolean, dropOnPromotion?: string) => {
    if (user === undefined) return signInRequest.open();
    const places = placesFor(joinWaitlist, dropOnPromotion);
    const isAlone = places.length === 1;
    write.submit({
      method: 'POST',
      target: isAlone ? '/api/enrollments' : '/api/enrollments/changes',
      body: isAlone ? { ...places[0] } : { add: places, mode: 'all' },
      subject: { ...subject, action: joinWaitlist ? 'join-waitlist' : 'enroll', names },
      changes: changedReads,
    });
  };
  const remedy = {
    course,
    enrollmentOf: (courseId: string) => own.byCourse.get(courseId),
    isFull: isFull && canWait,
    joinWaitlist: (dropOnPromotion?: string) => enroll(true, dropOnPromotion),
    swapFor: (dropEnrollmentId: string) =>
      write.submit({
        method: 'POST',
        target: '/api/enrollments/changes',
        body: { add: placesFor(false), drop: [dropEnrollmentId], mode: 'all' },
        subject: { ...subject, action: 'swap', names },
        changes: changedReads,
      }),
  };
  /** Until then it may be that the reader holds the course already, or that something stands in the way. */
  const isReady =
    own.isSettled &&
    eligibility.isSettled &&
    [semesterRead, windowRead, permitRead, ownSeats].every((read) => isSettled(read));
  return {
    isReady,
    write,
    counts,
    held,
    isHeldFailed: held !== undefined && isFailed(held, scale),
    holds,
    deadlines: semester && deadlinesOf(course, semester),
    window,
    windowRead,
    windowState,
    isPaused,
    canAct,
    isFull,
    canWait,
    foreseen,
    own,
    linked,
    ownSeats: ownSeats.data,
    permit,
    isTaken: isFull && !mayAsk(canWait, allowed),
    credits,
    chooseCredits,
    enroll,
    remedy,
  };
}

/** Whether a full course can be asked for: somebody more can wait, or a permit sets that aside. */
function mayAsk(canWait: boolean, allowed: ReadonlySet<string>): boolean {
  return canWait || allowed.has('seat_unavailable') || allowed.has('waitlist_full');
}

/** What enrolling changes beside the own courses: the seats that are free for the reader, and permits that are used. */
const changedReads = [...ownReads, 'GET /api/courses/:id/seats/me', 'GET /api/permits/me'] as const;

/** What stands in the way of a course, and of the sections that are taken along: when those meet. */
function foreseeAll(course: Course, along: readonly Course[], known: Known): Foreseen[] {
  const seated = [...known.seated, course];
  const ofLinked = along.flatMap((section) =>
    foresee(section, { ...known, seated }).filter(({ code }) => code === 'time_conflict'),
  );
  return [...foresee(course, known), ...ofLinked];
}

const ofWindow = ['registration_paused', 'enrollment_window_closed', 'hold'];

/** Reads the window again where the server refused by one that is newer than the page's. */
function useWindowRefresh({ progress }: Write): void {
  const code = progress?.status === 'refused' ? progress.problem.code : undefined;
  useEffect(() => {
    if (code !== undefined && ofWindow.includes(code))
      void refreshReads('GET /api/semesters', 'GET /api/semesters/:id/window');
  }, [code]);
}
