import { Problem } from '../problems/problem.ts';

const entityTag = /^(?:W\/)?"(\d+)(?:\.[^"]*)?"$/;

/**
 * Refuses a change that was decided on another version than the current one.
 *
 * Of a tag (`"3.x7Kq"`, `"3"`, weak ones too) only the version counts; of a list one has to fit; `*` fits always.
 *
 * @param what is changed, such as `the course`
 * @throws Problem 428 without the header, 412 where it does not fit
 */
export function requireMatch(header: string | undefined, version: number, what: string): void {
  if (header === undefined || header.trim() === '') throw preconditionRequired(what);
  if (header.trim() === '*') return;
  const versions = header.split(',').map((tag) => entityTag.exec(tag.trim())?.[1]);
  if (!versions.some((each) => Number(each) === version)) throw versionConflict(version, what);
}

function preconditionRequired(what: string): Problem {
  const detail = `Say by If-Match which version of ${what} you change: send the ETag that you got with it.`;
  return new Problem(428, 'precondition_required', detail);
}

function versionConflict(version: number, what: string): Problem {
  const begin = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  const detail = `${begin} was changed meanwhile: its version is ${version} now. Read it again, then change it.`;
  return new Problem(412, 'version_conflict', detail, { params: { version }, members: { version } });
}
