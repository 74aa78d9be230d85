import { useLingui } from '@lingui/react/macro';
import type { Write } from '../intents/intents.ts';
import type { Enrollment } from '../registration/own-enrollments.ts';
import { SelectField } from '../ui/field.tsx';

/** An own place with a seat, by its id. */
export interface Seated {
  readonly id: string;
  /** "CS 101 1". */
  readonly name: string;
}

interface DropOnPromotionProps {
  readonly enrollment: Enrollment;
  readonly seated: readonly Seated[];
  readonly write: Write;
}

/** Chooses the own course that is dropped in the moment in which this one has a seat; nothing where none can be. */
export function DropOnPromotion({ enrollment, seated, write }: DropOnPromotionProps) {
  const { t } = useLingui();
  const { id, courseId, courseCode, dropOnPromotion } = enrollment;
  const chosen = seated.some((one) => one.id === dropOnPromotion) ? dropOnPromotion : null;
  if (seated.length === 0) return null;
  return (
    <SelectField
      label={t`When you get a seat, drop`}
      value={chosen ?? ''}
      disabled={write.isOpen}
      onChange={({ target }) =>
        write.submit({
          method: 'PATCH',
          target: `/api/enrollments/${encodeURIComponent(id)}`,
          body: { dropOnPromotion: target.value === '' ? null : target.value },
          subject: { action: 'drop-on-promotion', courseId, courseCode },
        })
      }
    >
      <option value="">{t`Nothing`}</option>
      {seated.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </SelectField>
  );
}
