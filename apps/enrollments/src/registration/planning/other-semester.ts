import { validationFailed } from '@registrar/service';
import type { Problem } from '@registrar/service';

/** 422: what a request changes together is in two semesters. @param path the field that names the other one */
export function otherSemester(path: string, message = 'Both courses must be in one semester.'): Problem {
  return validationFailed([{ path, code: 'inconsistent', message }]);
}
