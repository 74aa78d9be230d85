import { Trans, useLingui } from '@lingui/react/macro';
import { LinkedSelects } from '../cart/linked-selects.tsx';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import { MeetingTimes } from '../catalogue/meeting-times.tsx';
import { SeatCount } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { EnrollmentStatus } from '../registration/enrollment-status.tsx';
import { wordsForRefusal } from '../registration/refusal-words.ts';
import { refusalOf } from '../registration/refusals-in.rules.ts';
import type { OwnCourses } from '../registration/use-own-courses.ts';
import { useSpeech } from '../registration/use-speech.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Status } from '../ui/status.tsx';
import { Alternatives } from './alternatives.tsx';
import styles from './plan.module.css';
import { most, sectionOf } from './plan.rules.ts';
import type { Judged, PlanChoice, PlanEntry } from './plan.rules.ts';

interface PlanEntryProps {
  readonly entry: PlanEntry;
  readonly place: { readonly at: number; readonly last: number };
  /** The courses of the plan, and their linked sections. */
  readonly courses: ReadonlyMap<string, Course>;
  readonly own: OwnCourses;
  /** What the entry would come to; undefined while it is not known. */
  readonly judged: Judged | undefined;
  readonly preview: (courses: readonly Course[]) => void;
  readonly add: (course: Course) => void;
  readonly move: (by: number) => void;
  readonly moveChoice: (choice: number, by: number) => void;
  readonly remove: (choice: number) => void;
  readonly setLinked: (choice: number, linked: readonly string[]) => void;
  readonly setJoinWaitlist: (joinWaitlist: boolean) => void;
}

/** One thing that is wanted: its choices in order of preference, each with what stands in its way. */
export function PlanEntryCard(props: PlanEntryProps) {
  const { t } = useLingui();
  const { entry, place, courses, own, judged, preview, add, move, setJoinWaitlist } = props;
  const first = courses.get(sectionOf(entry.choices[0]));
  const code = first?.code ?? t`Unknown course`;
  const held = entry.choices.map((choice) => own.byCourse.get(sectionOf(choice))).find(Boolean);
  return (
    <li className={styles['entry']}>
      <div className={styles['head']}>
        <h2>
          {code} {first && <span className={styles['title']}>{first.title}</span>}
        </h2>
        <MoveButtons names={[t`Move ${code} up`, t`Move ${code} down`]} place={place} move={move} />
      </div>
      {held && <EnrollmentStatus enrollment={held} />}
      {!held && judged?.chosen === null && (
        <Status tone="bad">
          <Trans>None of these is possible now</Trans>
        </Status>
      )}
      <ol className={styles['choices']}>
        {entry.choices.map((choice, at) => (
          <Choice key={sectionOf(choice)} {...props} choice={choice} at={at} />
        ))}
      </ol>
      {first && entry.choices.length < most.choices && (
        <Alternatives course={first} planned={entry.choices.map(sectionOf)} preview={preview} add={add} />
      )}
      <CheckField
        label={t`Join the waitlist if it is full`}
        checked={entry.joinWaitlist}
        onChange={({ target }) => setJoinWaitlist(target.checked)}
      />
    </li>
  );
}

function Choice(props: PlanEntryProps & { readonly choice: PlanChoice; readonly at: number }) {
  const { t } = useLingui();
  const speech = useSpeech();
  const { entry, choice, at, courses, own, judged, preview, moveChoice, remove, setLinked } = props;
  const course = courses.get(sectionOf(choice));
  const all = choice.courses.flatMap(({ courseId }) => courses.get(courseId) ?? []);
  const name = course ? `${course.code} ${course.section}` : sectionOf(choice);
  const problems = judged?.problems[at] ?? [];
  const isOnly = entry.choices.length === 1;
  return (
    <li
      className={styles['choice']}
      onMouseEnter={() => preview(all)}
      onMouseLeave={() => preview([])}
      onFocus={() => preview(all)}
      onBlur={() => preview([])}
    >
      <div className={styles['section']}>
        {course ? (
          <>
            <Link href={pathOfCourse(course.id)}>{t`Section ${course.section}`}</Link>
            <SeatCount course={course} />
            {judged?.chosen === at && <Status tone="ok">{isOnly ? t`Possible` : t`Would be chosen`}</Status>}
            <MeetingTimes meetings={course.meetings} />
          </>
        ) : (
          <Status tone="bad">
            <Trans>This course is not offered any more.</Trans>
          </Status>
        )}
      </div>
      <div className={styles['actions']}>
        {!isOnly && (
          <MoveButtons
            names={[t`Prefer ${name} more`, t`Prefer ${name} less`]}
            place={{ at, last: entry.choices.length - 1 }}
            move={(by) => moveChoice(at, by)}
          />
        )}
        <Button small onClick={() => remove(at)}>{t`Remove ${name}`}</Button>
      </div>
      {course && course.linked.length > 0 && (
        <div className={styles['linked']}>
          <LinkedSelects
            course={course}
            courses={courses}
            own={own}
            linked={choice.courses.slice(1).map(({ courseId }) => courseId)}
            change={(linked) => setLinked(at, linked)}
          />
        </div>
      )}
      {problems.map((problem, index) => (
        <p key={index} className={styles['problem']}>
          <Status tone="warn">
            {problem.courseId !== course?.id && `${courses.get(problem.courseId)?.section ?? ''}: `}
            {wordsForRefusal(refusalOf(problem), speech)}
          </Status>
        </p>
      ))}
    </li>
  );
}

interface MoveButtonsProps {
  /** Up, down. */
  readonly names: readonly [string, string];
  readonly place: { readonly at: number; readonly last: number };
  readonly move: (by: number) => void;
}

function MoveButtons({ names: [up, down], place: { at, last }, move }: MoveButtonsProps) {
  if (last === 0) return null;
  return (
    <span className={styles['move']}>
      <Button small look="plain" aria-label={up} disabled={at === 0} onClick={() => move(-1)}>
        <Icon name="up" />
      </Button>
      <Button small look="plain" aria-label={down} disabled={at === last} onClick={() => move(1)}>
        <Icon name="down" />
      </Button>
    </span>
  );
}
