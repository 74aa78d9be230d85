import { studentTag } from '@registrar/eligibility';
import { valuesOf } from '@registrar/service';
import { z } from 'zod';

/** Several values between `|`; an empty cell is none. */
export const tagsCell = z.string().transform(valuesOf).pipe(z.array(studentTag).max(50));

/** A number of credits in quarters. */
export function creditsCell(max: number) {
  return z
    .string()
    .regex(/^\d{1,2}(?:\.\d{1,2})?$/, 'Use a number such as 3 or 1.5.')
    .transform(Number)
    .pipe(z.number().max(max).multipleOf(0.25));
}
