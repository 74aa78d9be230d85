import { isSettled } from '../api/queries.ts';
import { useSession } from '../app/session-hooks.ts';
import { signInRequest } from '../app/sign-in-request.ts';
import { useCounts } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useSemester } from '../catalogue/use-semesters.ts';
import { useWrite } from '../intents/intents.ts';
import { useCompletedCodes, useOwnCourses } from './use-own-courses.ts';
import { useWindowState } from './use-window.ts';
import { foresee } from './why-not.rules.ts';

/** How the reader stands towards a course, what stands in the way, and what can be done. */
export function useRegistration(course: Course) {
  const write = useWrite();
  const { user } = useSession();
  const semesterRead = useSemester(course.semesterId);
  const semester = semesterRead.data ?? undefined;
  const windowState = useWindowState(semester);
  const counts = useCounts(course);
  const own = useOwnCourses(course.semesterId);
  const completed = useCompletedCodes();
  const held = own.byCourse.get(course.id);

  const isFull = counts.seatsAvailable === 0;
  const canWait = counts.waitlistedCount < course.waitlistCapacity;
  const canAct = windowState === 'open' && course.status === 'open';
  const foreseen = held
    ? []
    : foresee(course, {
        current: [...own.byCourse.values()],
        seated: own.seated,
        completedCodes: completed.codes,
        creditLimit: semester?.creditLimit,
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
  const isReady = own.isSettled && completed.isSettled && isSettled(semesterRead);
  return {
    isReady,
    write,
    counts,
    held,
    semester,
    windowState,
    canAct,
    isFull,
    canWait,
    foreseen,
    enroll,
    remedy,
  };
}
