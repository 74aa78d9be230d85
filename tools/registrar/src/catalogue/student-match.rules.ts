import type { UnheldPart } from '../requirements/parse-requirement.rules.ts';

/** Who a restriction lets in; words as a campus would have to use them for its students. */
export interface RestrictionMatch {
  levels?: string[];
  programs?: string[];
  groups?: string[];
}

/** Class levels from the lowest. */
export const classLevels = ['freshman', 'sophomore', 'junior', 'senior', 'graduate'] as const;

const levelWords: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:freshm[ae]n|first[- ]years?)$/, ['freshman']],
  [/^(?:sophomores?|second[- ]years?)$/, ['sophomore']],
  [/^(?:juniors?|third[- ]years?)$/, ['junior']],
  [/^(?:seniors?|fourth[- ]years?)$/, ['senior']],
  [/^graduates?$/, ['graduate']],
  [/^upper[- ]division$/, ['junior', 'senior']],
  [/^lower[- ]division$/, ['freshman', 'sophomore']],
  [/^undergraduates?$/, ['freshman', 'sophomore', 'junior', 'senior']],
];

/** Words before and after levels that change nothing. */
const before =
  /^(?:undergraduates must have|(?:students )?must have|must be (?:an? |in )?|restricted (?:only )?to|limited to|open (?:only )?to|only open to|an? )\s*/;
const after = /\s*(?:standing|status|level|students?)?(?: status)?(?: (?:is )?required)?(?: only)?$/;
const program = /^must be in (?:the |an? )?(.{2,40}?) (?:program|major)$/i;
/** Of a phrase that goes on: a permit lets in who is permitted. */
const orPermission = / or permission of .*$/i;
/** "MECL majors with senior standing", "Open to senior Nursing majors only", "Open to Enduring Questions students only". */
const audience =
  /^(?:this (?:course )?is )?(?:(?:restricted|open|limited) )?(?:only )?(?:to )?(?:only )?(?<level>[a-z-]+ )?(?<names>[A-Z][A-Za-z/&]*(?:(?:,? and |, | or | )[A-Z][A-Za-z/&]*)*) (?<what>majors?|students only)(?: only)?(?: with (?<more>.+))?$/;
const opening = /^(?:This|Restricted|Open|Limited|Only)\b|\b(?:Freshman|Sophomore|Junior|Senior) (?=[A-Z])/g;

/**
 * Who is meant by a part of a text that asks for a class level or a program.
 *
 * "Junior standing" is reached by seniors too; "restricted to juniors" is juniors, and so is one of several standings. Programs are taken where they are
 * named by their code ("MECL majors") or as a whole ("must be in Anthropology program").
 *
 * @param isOnly whether it is no alternative of another part
 * @returns undefined where that cannot be told
 */
export function matchOf(text: string, isOnly = true): RestrictionMatch | undefined {
  const words = text.trim().replace(/\.$/, '').replaceAll(/\s+/g, ' ').replace(orPermission, '');
  const named = audience.exec(words.replaceAll(opening, (first) => first.toLowerCase()))?.groups;
  if (named) return audienceOf(named);
  const inProgram = program.exec(words)?.[1];
  if (inProgram !== undefined)
    return /\b(?:or|majors? (?:in|within)|one of)\b/i.test(inProgram) ? undefined : { programs: [inProgram] };
  return levelsOf(words.toLowerCase(), isOnly);
}

/** One restriction of alternatives; undefined where it takes several kinds. */
export function matchOfAny(alternatives: readonly string[]): RestrictionMatch | undefined {
  const matches = alternatives.map((each) => matchOf(each, alternatives.length === 1));
  const [first] = matches;
  if (!first) return undefined;
  if (matches.length === 1) return first;
  const kinds = new Set(matches.flatMap((match) => Object.keys(match ?? { unknown: 1 })));
  if (kinds.size > 1) return undefined;
  const [kind] = kinds as Set<keyof RestrictionMatch | 'unknown'>;
  if (kind === undefined || kind === 'unknown') return undefined;
  const values = [...new Set(matches.flatMap((match) => match?.[kind] ?? []))];
  return { [kind]: kind === 'levels' ? inOrder(values) : values };
}

/** Those of a restriction that both let in; undefined where one restriction cannot say that. */
export function bothMatch(
  one: RestrictionMatch | null,
  other: RestrictionMatch,
): RestrictionMatch | undefined {
  if (!one) return other;
  const both = { ...one, ...other };
  for (const field of ['levels', 'programs', 'groups'] as const) {
    const [ours, theirs] = [one[field], other[field]];
    if (!ours || !theirs) continue;
    // A student may be in two programs or groups, and has one level.
    if (field !== 'levels') return undefined;
    const shared = ours.filter((each) => theirs.includes(each));
    if (shared.length === 0) return undefined;
    both[field] = shared;
  }
  return both;
}

/** Whether a part is answered by a permit, which lets its student in. */
export function isForPermit({ about }: UnheldPart): boolean {
  return about === 'permission' || about === 'equivalent';
}

function audienceOf(named: Readonly<Record<string, string | undefined>>): RestrictionMatch | undefined {
  const { level, names = '', what = '', more } = named;
  const all = names.split(/,? and |, | or /);
  const levels = [level, more].map((words) =>
    words === undefined ? {} : levelsOf(words.trim().toLowerCase()),
  );
  const [own, other] = levels;
  if (!own || !other) return undefined;
  return { ...(what.startsWith('major') ? { programs: all } : { groups: all }), ...own, ...other };
}

function levelsOf(words: string, isOnly = true): { levels: string[] } | undefined {
  const isHigher = /\b(?:or|and) (?:higher|above)\b/.test(words);
  const rest = words.replaceAll('-student', ' student').replace(/,? (?:or|and) (?:higher|above)\b/, '');
  const isStanding = /\bstanding\b/.test(rest);
  const list = rest.replace(before, '').replace(after, '').replace(before, '');
  const found = list.split(/,? (?:or|and) |, |\//).map((word) => {
    const own = word.replace(after, '').trim();
    return levelWords.find(([form]) => form.test(own))?.[1];
  });
  if (found.length === 0 || found.includes(undefined)) return undefined;
  const levels = found.flatMap((each) => each ?? []);
  const [only] = levels;
  const isReached =
    isHigher || (isStanding && isOnly && found.length === 1 && !/division|graduate|fresh|first/.test(list));
  if (!isReached || levels.length !== 1 || only === undefined) return { levels: inOrder(levels) };
  return { levels: classLevels.slice(classLevels.indexOf(only as never), 4) as string[] };
}

function inOrder(levels: readonly string[]): string[] {
  return classLevels.filter((level) => levels.includes(level));
}
