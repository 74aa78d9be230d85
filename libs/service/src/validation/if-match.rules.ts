import { Problem } from '../problems/problem.ts';

const entityTag = /^(?:W\/)?"(\d+)(?:\.[^"]*)?"$/;

/** What is changed, as it is now. */
interface Current {
  readonly thing: string;
  /** 0 where there is none yet. */
  readonly version: number;
  /** Where there is none, an empty one of version 0 is read: a change of that one may name it. */
  readonly isNeverMissing?: boolean;
}

/**
 * Refuses a change that does not say on which version it was decided, or says another than the current one.
 *
 * @throws Problem 428 without the header, 412 where it does not fit
 */
export function requireMatch(header: string | undefined, current: Current): void {
  if (header === undefined || header.trim() === '') throw preconditionRequired(current);
  refuseStale(header, current);
}

/**
 * Refuses a change that was decided on another version than the current one. Without the header any version will do.
 *
 * Of a tag (`"3.x7Kq"`, `"3"`, weak ones too) only the version counts; of a list one has to fit; `*` fits whatever
 * there is.
 *
 * @throws Problem 412
 */
export function refuseStale(header: string | undefined, current: Current): void {
  if (header === undefined) return;
  const versions =
    header.trim() === '*'
      ? [current.version]
      : header.split(',').map((tag) => Number(entityTag.exec(tag.trim())?.[1]));
  const isMissing = current.version === 0 && !current.isNeverMissing;
  if (isMissing || !versions.includes(current.version)) throw versionConflict(current);
}

function preconditionRequired({ thing }: Current): Problem {
  const detail = `Say by If-Match which version of the ${thing} you change: send the ETag that you got with it.`;
  return new Problem(428, 'precondition_required', detail);
}

function versionConflict({ thing, version, isNeverMissing }: Current): Problem {
  const detail =
    version === 0 && !isNeverMissing
      ? `There is no such ${thing} yet. Leave out If-Match to make it.`
      : `The ${thing} was changed meanwhile: its version is ${version} now. Read it again, then change it.`;
  return new Problem(412, 'version_conflict', detail, { params: { version }, members: { version } });
}
