import { validationFailed } from '@registrar/service';
import type { z } from 'zod';

/** An id of the path that the client chose. @throws Problem 422 at `id` */
export function validateId(id: string, schema: z.ZodType<string>): string {
  const result = schema.safeParse(id);
  if (result.success) return result.data;
  throw validationFailed(result.error.issues.map(({ message }) => ({ path: 'id', message })));
}
