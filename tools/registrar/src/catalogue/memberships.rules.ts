/** Who a text lets in by program, and what else it asks for. */
export interface Memberships {
  readonly programs: readonly string[];
  /** The other parts, in their order; empty where there are none. */
  readonly rest: string;
  /** Whether a part names a department or college and not a program. */
  readonly isByDepartment: boolean;
  /** Whether it lets in who is permitted too. */
  readonly isOrPermitted: boolean;
}

/** A program of a `Match` has at most so many characters. */
const longestName = 40;
const and = /\s*;\s*and\s+/i;
/** A permit lets in who is permitted. */
const permission = /^(?:must have )?permission of /i;
const or = /\s*;?\s+or\s+(?=(?:must|permission)\b)/i;
const listed = /^must be in one of the following programs ?\((?<list>.+)\)$/i;
const named =
  /^must be in (?<major>an? major (?:in|within) )?(?:the |an? )?(?<name>.+?)(?<what> (?:program|department|major))?$/i;

/**
 * The programs that a text names by "must be in": "Must be in Dance program; or must be in a major in ARHU-College of
 * Arts", "Must be in one of the following programs (Kinesiology; Public Health Science)". A major of a department is a
 * program of the department's name.
 *
 * @returns undefined where no part names programs and nothing else
 */
export function membershipsIn(text: string): Memberships | undefined {
  const parts = text.trim().replace(/\.$/, '').split(and);
  const read = parts.map(programsIn);
  const at = read.findIndex((each) => each !== undefined);
  const found = read[at];
  if (!found) return undefined;
  return { ...found, rest: parts.toSpliced(at, 1).join('; and ') };
}

function programsIn(part: string): Omit<Memberships, 'rest'> | undefined {
  const alternatives = part.split(or).map((each) => each.replace(/[\s;]+$/, ''));
  const own = alternatives.filter((each) => !permission.test(each));
  const read = own.map(namesIn);
  const programs = read.flatMap((each) => each?.names ?? []);
  if (programs.length === 0 || read.includes(undefined) || !programs.every(isName)) return undefined;
  return {
    programs: [...new Set(programs)],
    isByDepartment: read.some((each) => each?.isByDepartment),
    isOrPermitted: own.length < alternatives.length,
  };
}

function namesIn(alternative: string): { names: readonly string[]; isByDepartment: boolean } | undefined {
  const list = listed.exec(alternative)?.groups?.['list'];
  if (list !== undefined) return { names: list.split(/\s*;\s*/), isByDepartment: false };
  const { major, name, what } = named.exec(alternative)?.groups ?? {};
  const isProgram = major !== undefined || what !== undefined || / minor$/i.test(name ?? '');
  return name !== undefined && isProgram ? { names: [name], isByDepartment: major !== undefined } : undefined;
}

/** What is more than a name, or a class level. */
const noName =
  /[.;]|\b(?:or|one of|standing|programs?|departments?|majors?)\b|^(?:(?:under)?graduate|degree|same|this)$/i;
/** A course, which is asked for beside the program. */
const code = /\b[A-Z]{2,} ?\d{2,}/;

function isName(text: string): boolean {
  return text.length > 1 && text.length <= longestName && !noName.test(text) && !code.test(text);
}
