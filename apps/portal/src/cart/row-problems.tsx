import { Trans } from '@lingui/react/macro';
import type { ChangeResult } from '@registrar/contracts-enrollments';
import { useCounts } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { wordsForRefusal } from '../registration/refusal-words.ts';
import { missingIn, ofLinked, refusalOf, takenWith } from '../registration/refusals-in.rules.ts';
import type { Refusal } from '../registration/refusals-in.rules.ts';
import { RemedyFor } from '../registration/remedies.tsx';
import type { OwnCourses } from '../registration/use-own-courses.ts';
import { useSpeech } from '../registration/use-speech.ts';
import { Notice, Status } from '../ui/status.tsx';
import styles from './cart.module.css';
import type { CartItem } from './cart.rules.ts';
import { foreseenOf } from './outcomes.rules.ts';
import type { CartCheck } from './use-cart-check.ts';

interface RemedyProps {
  readonly course: Course;
  readonly own: OwnCourses;
  /** Waits; that place is given up at the promotion, where one is named. */
  readonly joinWaitlist: (dropOnPromotion?: string) => void;
  readonly swapFor: (enrollmentId: string) => void;
  readonly chooseLinked: () => void;
}

interface RowProblemsProps extends RemedyProps {
  readonly item: CartItem;
  readonly courses: ReadonlyMap<string, Course>;
  /** What would come of the course. */
  readonly result: ChangeResult;
  /** What would come of all courses of the cart. */
  readonly check: CartCheck | undefined;
}

/** Every problem of a row and of its linked sections, each with its remedy; or what would come of it. */
export function RowProblems({ item, courses, result, check, ...context }: RowProblemsProps) {
  const speech = useSpeech();
  const problems = [result, ...item.linked.flatMap((id) => check?.get(id) ?? [])].flatMap((one) =>
    foreseenOf(one).map((problem) => ({ of: one.courseId, problem })),
  );
  if (problems.length === 0) return <Foreseen result={result} />;
  return problems.map(({ of, problem }, at) => (
    <Notice
      key={at}
      tone="warn"
      actions={
        <RowRemedy
          refusal={of === item.courseId ? refusalOf(problem) : ofLinked(refusalOf(problem))}
          {...context}
        />
      }
    >
      {of !== item.courseId && <strong>{sectionName(courses.get(of))} </strong>}
      {wordsForRefusal(refusalOf(problem), speech)}
    </Notice>
  ));
}

/** "CS 101 L1:". */
function sectionName(course: Course | undefined): string {
  return course ? `${course.code} ${course.section}:` : '';
}

function Foreseen({ result: { outcome } }: Pick<RowProblemsProps, 'result'>) {
  if (outcome === 'enrolled')
    return (
      <p className={styles['foreseen']}>
        <Status tone="ok">
          <Trans>Nothing stands in the way now</Trans>
        </Status>
      </p>
    );
  if (outcome === 'waitlisted')
    return (
      <p className={styles['foreseen']}>
        <Status tone="waiting">
          <Trans>Full now: you would wait</Trans>
        </Status>
      </p>
    );
  return null;
}

/** The remedy of a refusal of a row. */
export function RowRemedy({ refusal, own, ...context }: RemedyProps & { readonly refusal: Refusal }) {
  const { course } = context;
  const { seatsAvailable, waitlistedCount } = useCounts(course);
  return (
    <RemedyFor
      {...context}
      code={refusal.code}
      conflicts={refusal.conflicts ?? []}
      missing={missingIn(refusal)}
      takenWith={takenWith(refusal)}
      enrollmentOf={(courseId) => own.byCourse.get(courseId)}
      isFull={seatsAvailable === 0 && waitlistedCount < course.waitlistCapacity}
    />
  );
}
