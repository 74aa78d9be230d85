import type { Requirement } from '@registrar/eligibility';
import { parseRequirement } from '../requirements/parse-requirement.rules.ts';
import type { UnheldPart } from '../requirements/parse-requirement.rules.ts';
import { membershipsIn } from './memberships.rules.ts';
import type { Loss } from './offered-section.ts';
import { bothMatch, isForPermit, matchOfAny } from './student-match.rules.ts';
import type { RestrictionMatch } from './student-match.rules.ts';

/** What becomes of rules in English that cannot be read. */
export type UnreadRules =
  /** They stay in the description, and nobody is held to them: a loss. */
  | 'text'
  /** They stay in the description, and the course takes a permit: its instructor judges. */
  | 'permit';

/** How rules in English are read. */
export interface TextReading {
  /** What stands between department and number in the codes of this catalogue. */
  readonly separator?: string | undefined;
  readonly unread: UnreadRules;
}

/** What texts about a section ask for, as the fields of a course hold it. */
export interface TextRules {
  readonly fields: {
    readonly requirement: Requirement | null;
    readonly restriction: RestrictionMatch | null;
    readonly consent: 'none' | 'instructor';
  };
  /** Texts that people still have to read, for the description. */
  readonly kept: readonly string[];
  readonly losses: readonly Loss[];
  readonly remarks: readonly string[];
}

/** What one text asks for. */
interface Asked {
  readonly requirement: Requirement | null;
  readonly restriction: RestrictionMatch | null;
  readonly isByConsent: boolean;
  readonly isNoted: boolean;
  readonly losses: readonly Loss[];
  readonly remarks: readonly string[];
}

const nothing = {
  requirement: null,
  isByConsent: false,
  isNoted: false,
  losses: [],
  remarks: [],
} as const satisfies Partial<Asked>;
const byDepartment =
  'A major in a department or college is read as a program of its name: give its students that program too.';
const judged =
  'A rule in English could not be read: it is in the description, and the course takes a permit.';
const byPermit = 'Whom a rule lets in by permission or with an equivalent, a permit lets in.';
const otherWay = 'An alternative to courses by class level, program, test or knowledge: it takes a permit.';
const atLeast = 'The standing of a class level is read as that level or a higher one.';
const tooMany = 'The rules of several texts take more than one restriction.';
const forPermit =
  /permission|consent|approval|authorization|audition|portfolio|interview|equivalent|comparable/i;

/** What is asked for, as fields: what is not asked for is left out, so that what an office has set by hand stays. */
export function askedFields({
  requirement,
  restriction,
  consent,
}: TextRules['fields']): Partial<TextRules['fields']> {
  return {
    ...(requirement && { requirement }),
    ...(restriction && { restriction }),
    ...(consent === 'instructor' && { consent }),
  };
}

/** Reads what texts ask for, all of it together. A text is read whole or stays whole. */
export function textRules(texts: readonly string[], { separator, unread }: TextReading): TextRules {
  const requirements: Requirement[] = [];
  const kept: string[] = [];
  const losses: Loss[] = [];
  const remarks = new Set<string>();
  let restriction: RestrictionMatch | null = null;
  let isByConsent = false;
  for (const text of texts.map((each) => each.trim()).filter((each) => each !== '')) {
    const asked = askedWithPrograms(text, separator, restriction);
    if ('cause' in asked) {
      kept.push(text);
      if (unread === 'text') losses.push(asked);
      else {
        isByConsent = true;
        remarks.add(judged);
      }
      continue;
    }
    ({ restriction } = asked);
    isByConsent ||= asked.isByConsent;
    if (asked.requirement) requirements.push(asked.requirement);
    if (asked.isNoted) kept.push(text);
    if (unread === 'text') losses.push(...asked.losses);
    else if (asked.losses.length > 0) remarks.add(byPermit);
    asked.remarks.forEach((remark) => remarks.add(remark));
  }
  return { fields: fieldsOf(requirements, restriction, isByConsent), kept, losses, remarks: [...remarks] };
}

/** What a text asks for, programs that it names by "must be in" among it. */
function askedWithPrograms(
  text: string,
  separator: string | undefined,
  before: RestrictionMatch | null,
): Asked | Loss {
  const members = membershipsIn(text);
  const both = members && bothMatch(before, { programs: [...members.programs] });
  if (!members || !both) return askedBy(text, separator, before);
  const rest: Asked | Loss =
    members.rest === '' ? { ...nothing, restriction: both } : askedBy(members.rest, separator, both);
  if ('cause' in rest) return rest;
  const remarks = [
    ...rest.remarks,
    ...(members.isByDepartment ? [byDepartment] : []),
    ...(members.isOrPermitted ? [byPermit] : []),
  ];
  return { ...rest, remarks, isNoted: rest.isNoted || members.isOrPermitted };
}

/** @param before the restriction that other texts ask for; both must hold */
function askedBy(text: string, separator: string | undefined, before: RestrictionMatch | null): Asked | Loss {
  const held: UnheldPart[][] = [];
  const reading = parseRequirement(text, {
    separator,
    holdElsewhere: (alternatives) => {
      const isHeld = isConsent(alternatives) || matchOfAny(textsOf(alternatives)) !== undefined;
      if (isHeld) held.push([...alternatives]);
      return isHeld;
    },
  });
  const lossOf = (cause: string, part: string): Loss => ({
    kind: 'text',
    cause,
    detail: part === text ? `"${text}"` : `"${part}" in "${text}"`,
  });
  if (!reading.isRead) return lossOf(reading.reason, reading.part);
  const { requirement, notes } = reading;
  const leftOut = notes.flatMap((note) => /^Left out, .*?: "(?:or )?(.*)"\.$/s.exec(note)?.[1] ?? []);
  const others = leftOut.filter((part) => !forPermit.test(part));
  const classes = held.filter((alternatives) => !isConsent(alternatives));
  // Alternatives of the one part that there is belong to it; of several parts it is not known of which.
  const isOnly = requirement === null && held.length === 1 && classes.length === 1;
  if (others.length > 0 && classes.length > 0 && !isOnly) return lossOf(otherWay, others.join('; '));
  const restriction = restrictionOf(classes, isOnly ? others : [], before);
  if (restriction === undefined) return lossOf(tooMany, text);
  return {
    requirement,
    restriction,
    isByConsent: held.some(isConsent),
    isNoted: notes.length > 0,
    losses: others.length > 0 && !isOnly ? [lossOf(otherWay, others.join('; '))] : [],
    remarks: [
      ...(others.length < leftOut.length ? [byPermit] : []),
      ...(classes.some(isReached) ? [atLeast] : []),
    ],
  };
}

/** The restriction of all parts; undefined where one cannot say that. */
function restrictionOf(
  parts: readonly (readonly UnheldPart[])[],
  others: readonly string[],
  before: RestrictionMatch | null,
): RestrictionMatch | null | undefined {
  let restriction = before;
  for (const part of parts) {
    const match = matchOfAny([...textsOf(part), ...others]);
    const both = match && bothMatch(restriction, match);
    if (!both) return undefined;
    restriction = both;
  }
  return restriction;
}

/** Texts of alternatives that no permit answers by itself. */
function textsOf(alternatives: readonly UnheldPart[]): string[] {
  return alternatives.filter((each) => !isForPermit(each)).map(({ text }) => text);
}

/** Whether a level was read as that or a higher one without its being in the text. */
function isReached(part: readonly UnheldPart[]): boolean {
  const [only, ...others] = textsOf(part);
  return others.length === 0 && /\b(?:sophomore|junior) standing$/i.test(only ?? '');
}

function isConsent(alternatives: readonly UnheldPart[]): boolean {
  return alternatives.every(({ about }) => about === 'permission');
}

function fieldsOf(
  requirements: readonly Requirement[],
  restriction: RestrictionMatch | null,
  isByConsent: boolean,
): TextRules['fields'] {
  const [only] = requirements;
  return {
    requirement:
      only === undefined || requirements.length === 1 ? (only ?? null) : { all: [...requirements] },
    restriction,
    consent: isByConsent ? 'instructor' : 'none',
  };
}
