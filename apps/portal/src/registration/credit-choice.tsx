import { useLingui } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { SelectField } from '../ui/field.tsx';
import { creditSteps } from './credit-steps.rules.ts';

interface CreditChoiceProps {
  readonly course: Pick<Course, 'code' | 'credits' | 'minCredits'>;
  /** Undefined: the course's upper value. */
  readonly value: number | undefined;
  readonly change: (credits: number) => void;
  readonly disabled?: boolean;
}

/** Chooses the credits of a course where they are variable; nothing where they are fixed. */
export function CreditChoice({ course, value = course.credits, change, disabled }: CreditChoiceProps) {
  const { t } = useLingui();
  const format = useFormat();
  const steps = creditSteps(course);
  if (steps.length < 2) return null;
  return (
    <SelectField
      label={t`Credits`}
      value={value}
      disabled={disabled}
      onChange={({ target }) => change(Number(target.value))}
    >
      {(steps.includes(value) ? steps : [value, ...steps]).map((credits) => (
        <option key={credits} value={credits}>
          {format.number(credits)}
        </option>
      ))}
    </SelectField>
  );
}
