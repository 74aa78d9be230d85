import type { Write } from '../intents/intents.ts';
import type { Enrollment } from './own-enrollments.ts';

/** The enrollment as the answer to a write about it has it, until the list has it too. */
export function withAnswer(enrollment: Enrollment, { progress }: Pick<Write, 'progress'>): Enrollment {
  if (progress?.status !== 'done') return enrollment;
  const answer = progress.answer as Partial<Enrollment> | undefined;
  const isNewer = answer?.id === enrollment.id && (answer.version ?? 0) > enrollment.version;
  return isNewer ? { ...enrollment, ...answer } : enrollment;
}
