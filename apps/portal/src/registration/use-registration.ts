import { useEffect } from 'react';
import { isSettled, refreshReads } from '../api/queries.ts';
import { useSession } from '../app/session-hooks.ts';
import { signInRequest } from '../app/sign-in-request.ts';
import { deadlinesOf } from '../catalogue/course-terms.ts';
import { useCounts } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useSemester } from '../catalogue/use-semesters.ts';
import type { Write } from '../intents/intents.ts';
import { useWrite } from '../intents/intents.ts';
import { isFailed } from './eligibility.rules.ts';
import { useEligibility } from './use-eligibility.ts';
import { useOwnCourses } from './use-own-courses.ts';
import { useOwnWindow, usePauseCheck } from './use-own-window.ts';
import { useWindowStanding } from './use-window.ts';
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
  usePauseCheck(isPaused);
  useWindowRefresh(write);

  const isFull = counts.seatsAvailable === 0;
  const canWait = counts.waitlistedCount < course.waitlistCapacity;
  const canAct = windowState === 'open' && !isPaused && course.status === 'open';
  const { record, history, scale } = eligibility;
  const foreseen = held
    ? []
    : foresee(course, {
        current: [...own.byCourse.values()],
        seated: own.seated,
        courses: own.courses,
        holds,
        student: record,
        history,
        creditLimit: record?.creditLimit ?? semester?.creditLimit,
        scale,
      });
  const subject = { courseId: course.id, courseCode: course.code };
  const enroll = (joinWaitlist: boolean) => {
    if (user === undefined) return signInRequest.open();
    write.submit({
      method: 'POST',
      target: '/api/enrollments',
      body: { courseId: course.id, joinWaitlist },
      subject: { ...subject, action: joinWaitlist ? 'join-waitlist' : 'enroll' },
    });
  };
  const remedy = {
    course,
    enrollmentOf: (courseId: string) => own.byCourse.get(courseId),
    joinWaitlist: () => enroll(true),
    swapFor: (dropEnrollmentId: string) =>
      write.submit({
        method: 'POST',
        target: '/api/enrollments/swap',
        body: { dropEnrollmentId, addCourseId: course.id },
        subject: { ...subject, action: 'swap' },
      }),
  };
  /** Until then it may be that the reader holds the course already, or that something stands in the way. */
  const isReady = own.isSettled && eligibility.isSettled && isSettled(semesterRead) && isSettled(windowRead);
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
    enroll,
    remedy,
  };
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
