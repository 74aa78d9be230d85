import { validationFailed } from '@registrar/service';
import { isCommonPassword } from './password.rules.ts';

/** @throws Problem 422 where `password`, sent in the field `path`, is one that guessing begins with */
export function refuseCommon(path: string, password: string): void {
  if (!isCommonPassword(password)) return;
  throw validationFailed([
    { path, code: 'too_common', message: 'This password is too common. Choose another.' },
  ]);
}
