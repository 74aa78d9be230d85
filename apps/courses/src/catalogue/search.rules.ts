import type { CourseState } from '@registrar/contracts-courses';

const word = /[\p{L}\p{N}]+/gu;
const lettersOrDigits = /\p{L}+|\p{N}+/gu;

/** The words of what somebody looks for: letters and digits, in any case, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(folded(text).match(word) ?? [])];
}

/**
 * What can be found of a course: the words of code, title and description, with a space before each. The parts of
 * a code count too: `CS101` is found by `101`.
 */
export function searchTextOf({ code, title, description }: CourseState): string {
  const codeParts = folded(code).match(lettersOrDigits) ?? [];
  const whole = folded(code).replaceAll(/[^\p{L}\p{N}]/gu, '');
  return ` ${[whole, ...codeParts, ...wordsOf(`${code} ${title} ${description}`)].join(' ')}`;
}

/** Whether every word begins a word of the text. */
export function hasWords(searchText: string, words: readonly string[]): boolean {
  return words.every((each) => searchText.includes(` ${each}`));
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
