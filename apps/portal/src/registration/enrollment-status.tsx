import { useLingui } from '@lingui/react/macro';
import type { Tone } from '../ui/status.tsx';
import { Status } from '../ui/status.tsx';
import type { Enrollment } from './own-enrollments.ts';

const tones: Readonly<Record<Enrollment['status'], Tone>> = {
  enrolled: 'ok',
  waitlisted: 'waiting',
  dropped: 'neutral',
  withdrawn: 'neutral',
  cancelled: 'bad',
  completed: 'ok',
};

/** Where an enrollment stands, with the position of one that waits. */
export function EnrollmentStatus({
  enrollment,
}: {
  readonly enrollment: Pick<Enrollment, 'status' | 'waitlistPosition'>;
}) {
  const { t } = useLingui();
  const { status, waitlistPosition } = enrollment;
  const words: Readonly<Record<Enrollment['status'], string>> = {
    enrolled: t`Enrolled`,
    waitlisted:
      waitlistPosition === null ? t`On the waitlist` : t`On the waitlist, position ${waitlistPosition}`,
    dropped: t`Dropped`,
    withdrawn: t`Withdrawn`,
    cancelled: t`Course cancelled`,
    completed: t`Completed`,
  };
  return <Status tone={tones[status]}>{words[status]}</Status>;
}
