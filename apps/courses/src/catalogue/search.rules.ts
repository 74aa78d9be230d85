import type { CourseState } from '@registrar/contracts-courses';

const word = /[\p{L}\p{N}\p{M}]+/gu;
const lettersOrDigits = /\p{L}+|\p{N}+/gu;

/** Accents of Latin, Greek and Cyrillic letters; the marks of other scripts make other letters. */
const accents = /[\u0300-\u036f]/g;

/** Letters that Unicode does not take apart, as people write them who have no such key. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŧ: 't',
  þ: 'th',
};
const special = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');

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

/** The one form in which texts and questions are compared: `CAFÉ` and `cafe` are the same. */
export function folded(text: string): string {
  const bare = text.normalize('NFKD').replaceAll(accents, '').normalize('NFKC').toLowerCase();
  return bare.replaceAll(special, (letter) => plainLetters[letter] ?? letter);
}
