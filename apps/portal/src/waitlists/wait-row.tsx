import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useApi } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { wordsForReason } from '../registration/reason-words.ts';
import { useWrite } from '../intents/intents.ts';
import { useSeats } from '../live/use-seats.ts';
import { DropButton } from '../registration/drop-button.tsx';
import { EnrollmentRow } from '../registration/enrollment-row.tsx';
import type { Enrollment } from '../registration/own-enrollments.ts';
import { withAnswer } from '../registration/with-answer.rules.ts';
import { Status } from '../ui/status.tsx';
import { DropOnPromotion } from './drop-on-promotion.tsx';
import type { Seated } from './drop-on-promotion.tsx';

interface WaitRowProps {
  readonly enrollment: Enrollment;
  readonly course: Course | undefined;
  readonly semester: Semester;
  /** Own places with a seat, in the semester: one of them can be dropped at the promotion. */
  readonly seated: readonly Seated[];
  /** Names of the courses that are left with it. */
  readonly along: readonly string[];
}

/** A course that the reader waits for: the position, why a seat went by, and the way out. */
export function WaitRow({ enrollment: listed, course, semester, seated, along }: WaitRowProps) {
  const { t } = useLingui();
  const write = useWrite();
  const enrollment = withAnswer(listed, write);
  const { courseId, courseCode, status } = enrollment;
  const waiting = useSeats(courseId)?.waitlistedCount ?? course?.waitlistedCount;
  const waits = status === 'waitlisted';
  return (
    <EnrollmentRow
      enrollment={enrollment}
      course={course}
      write={write}
      note={waits && <PassedOver courseId={courseId} />}
      facts={
        waits && (
          <>
            {waiting !== undefined && (
              <p>
                <Plural value={waiting} one="# person waits" other="# people wait" />
              </p>
            )}
            <DropOnPromotion enrollment={enrollment} seated={seated} write={write} />
          </>
        )
      }
      actions={
        waits && (
          <DropButton
            enrollment={enrollment}
            times={semester}
            write={write}
            along={along}
            label={t`Leave ${courseCode}`}
          />
        )
      }
    />
  );
}

/** Why the reader was last passed over for a free seat of that course, if ever. */
function PassedOver({ courseId }: { readonly courseId: string }) {
  const format = useFormat();
  const inbox = useApi('GET /api/notifications/me', { query: { limit: 25 } });
  const newest = inbox.data?.items.find((one) => one.type === 'passed_over' && one.courseId === courseId);
  if (newest === undefined) return null;
  const at = format.moment(newest.createdAt);
  return (
    <Status tone="warn">
      <Trans>Passed over on {at}.</Trans> {wordsForReason(newest.params.reason)}
    </Status>
  );
}
