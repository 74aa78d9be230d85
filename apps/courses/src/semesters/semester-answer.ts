import { CachedBody, entityTag } from '@registrar/cache';
import type { Semester } from '@registrar/contracts-courses';
import type { Answer } from '@registrar/idempotency';

/** The answer of a write: the semester, with the tag that a GET would give it. */
export function semesterAnswer(semester: Semester): Answer<Semester> {
  const etag = `"${entityTag(CachedBody.of(JSON.stringify(semester)), semester.version)}"`;
  return { status: 200, headers: { etag }, body: semester };
}
