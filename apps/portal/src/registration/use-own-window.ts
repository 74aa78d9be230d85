import { useEffect } from 'react';
import { refreshReads, useApi } from '../api/queries.ts';
import type { Read } from '../api/queries.ts';
import type { AnswerTo } from '../api/routes.ts';
import { useSession } from '../app/session-hooks.ts';
import { deadlinesOf, pausedAtOf } from '../catalogue/course-terms.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import type { EnrollmentWindow } from './window.rules.ts';

/** A hold in force. */
export type Hold = AnswerTo<'GET /api/semesters/:id/window'>['holds'][number];

/** When the reader may enroll. */
export interface OwnWindow extends EnrollmentWindow {
  /** The ticket that the opening is by; undefined where the general one counts. */
  readonly ticket: string | undefined;
}

/** What holds for the reader in a semester. */
interface OwnTerms {
  /** The reader's own; the general one without a session, and while the own one cannot be read. */
  readonly window: OwnWindow | undefined;
  /** Holds in force; none while they are not known. */
  readonly holds: readonly Hold[];
  /** The read of the own window; nothing is asked without a session. */
  readonly read: Read<AnswerTo<'GET /api/semesters/:id/window'>>;
}

const route = 'GET /api/semesters/:id/window';
const pauseCheckMs = 15_000;
const noHolds: readonly Hold[] = [];

/** When the reader may enroll in a semester, or in one of its courses, and which holds are in force. */
export function useOwnWindow(semester: Semester | undefined, course?: Course): OwnTerms {
  const { status } = useSession();
  const isOwn = status === 'signed-in' || status === 'offline';
  const read = useApi(
    route,
    { params: { id: semester?.id ?? '' } },
    { enabled: isOwn && semester !== undefined, staleTime: 60_000 },
  );
  const own = isOwn || status === 'ended' ? read.data : undefined;
  const window: OwnWindow | undefined = semester && {
    opensAt: own?.opensAt ?? semester.enrollmentOpensAt,
    closesAt: deadlinesOf(course, semester).enrollmentClosesAt,
    pausedAt: pausedAtOf(semester),
    ticket: own?.ticket ?? undefined,
  };
  return { window, holds: own?.holds ?? noHolds, read };
}

/** Looks again and again whether a pause has been lifted, so that the page continues by itself. */
export function usePauseCheck(isPaused: boolean): void {
  useEffect(() => {
    if (!isPaused) return undefined;
    const timer = setInterval(() => void refreshReads('GET /api/semesters'), pauseCheckMs);
    return () => clearInterval(timer);
  }, [isPaused]);
}
