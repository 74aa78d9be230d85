import type { CourseState } from '@registrar/contracts-courses';
import { folded } from '@registrar/service';

const word = /[\p{L}\p{N}\p{M}]+/gu;
const lettersOrDigits = /\p{L}+|\p{N}+/gu;

/** The words of what somebody looks for: letters and digits, in any case, with or without accents, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(folded(text).match(word) ?? [])];
}

/** What can be found of a course: its words, with a space before each. */
export function searchTextOf(course: CourseState): string {
  return ` ${[...nameWordsOf(course), ...wordsOf(course.description)].join(' ')}`;
}

/** The words of code and title. The parts of a code count too: `CS101` is found by `101`. */
export function nameWordsOf({ code, title }: CourseState): string[] {
  const codeParts = folded(code).match(lettersOrDigits) ?? [];
  const whole = folded(code).replaceAll(/[^\p{L}\p{N}]/gu, '');
  return [...new Set([whole, ...codeParts, ...wordsOf(`${code} ${title}`)])];
}

/** Whether every word begins a word of the text. */
export function hasWords(searchText: string, words: readonly string[]): boolean {
  return words.every((each) => searchText.includes(` ${each}`));
}
