import type { CourseState } from '@registrar/contracts-courses';
import { nameWordsOf, wordsOf } from './search.rules.ts';

/** A word that one typo is forgiven in: of five letters or more. Digits count: `CS101` is not `CS201`. */
const forgiven = /^[\p{L}\p{M}]{5,}$/u;

/**
 * What counts against a course for each word that is looked for. The steps are so far apart that no number of words
 * of one kind outweighs the next kind: a query has at most 100 words.
 */
const penalties = { whole: 0, beginning: 1, inDescription: 1_000, typo: 1_000_000 } as const;

/** The words of the courses of a department, each with those that have it. */
export class RelevanceIndex {
  private readonly names = new Map<string, CourseState[]>();
  private readonly descriptions = new Map<string, CourseState[]>();

  constructor(courses: readonly CourseState[]) {
    for (const course of courses) {
      for (const word of nameWordsOf(course)) note(this.names, word, course);
      for (const word of wordsOf(course.description)) note(this.descriptions, word, course);
    }
  }

  /** The courses that have every word, as they are written or with one typo, with their ranks; 0 is the best. */
  rank(words: readonly string[]): Map<CourseState, number> {
    const [first, ...others] = words.map((word) => this.penaltiesOf(word));
    if (!first) return new Map();
    const ranks = new Map<CourseState, number>();
    for (const [course, penalty] of first) {
      const all = [penalty, ...others.map((each) => each.get(course))];
      const sum = all.reduce<number>((total, each) => total + (each ?? Number.NaN), 0);
      if (!Number.isNaN(sum)) ranks.set(course, sum);
    }
    return ranks;
  }

  private penaltiesOf(word: string): Map<CourseState, number> {
    const best = new Map<CourseState, number>();
    const places = [
      [this.names, 0],
      [this.descriptions, penalties.inDescription],
    ] as const;
    for (const [place, placePenalty] of places) {
      for (const [text, courses] of place) {
        const match = matchOf(word, text);
        if (match === undefined) continue;
        for (const course of courses) {
          const penalty = placePenalty + penalties[match];
          if (penalty < (best.get(course) ?? Infinity)) best.set(course, penalty);
        }
      }
    }
    return best;
  }
}

/** How a word that is looked for fits one of a text; undefined where it does not. */
export function matchOf(word: string, text: string): 'whole' | 'beginning' | 'typo' | undefined {
  if (text.startsWith(word)) return text.length === word.length ? 'whole' : 'beginning';
  return isOneTypoApart(word, text) ? 'typo' : undefined;
}

/** Whether one letter is missing, too many or another, or two neighbours have changed places. */
function isOneTypoApart(word: string, text: string): boolean {
  if (Math.abs(word.length - text.length) > 1 || !forgiven.test(word)) return false;
  let start = 0;
  while (start < word.length && word[start] === text[start]) start += 1;
  const [rest, other] = [word.slice(start), text.slice(start)];
  if (rest.slice(1) === other || other.slice(1) === rest || rest.slice(1) === other.slice(1)) return true;
  return rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2);
}

function note(words: Map<string, CourseState[]>, word: string, course: CourseState): void {
  const courses = words.get(word);
  if (courses) courses.push(course);
  else words.set(word, [course]);
}
