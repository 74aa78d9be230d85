import { dictionary } from '@zxcvbn-ts/language-common';

/** The passwords that people choose most, in small letters; 49,233 of them from leaked lists. */
const common = new Set(Array.from(dictionary['passwords-common'], (word) => String(word).toLowerCase()));

/** What is put behind a common word to make it longer. */
const tail = /[0-9!?.]+$/;

/**
 * Whether `password` is one that guessing begins with: on the list in any case of letters, a listed one with
 * digits or a mark behind it, one repeated, or a single run such as `aaaaaaaaaaaa` and `123456789012`.
 */
export function isCommonPassword(password: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  const unit = repeatedUnit(plain);
  const word = unit.replace(tail, '');
  return (
    [plain, unit, word, repeatedUnit(word)].some((form) => form.length > 0 && common.has(form)) ||
    isRun(plain)
  );
}

/** The shortest part whose repetition gives `text`; `text` itself where there is none. */
function repeatedUnit(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return at > 0 && at < text.length ? text.slice(0, at) : text;
}

/** Every character the same step away from the one before it; a nine is followed by a zero. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((character, at) => step(text.charCodeAt(at), character.charCodeAt(0)));
  return new Set(steps).size <= 1 && Math.abs(steps[0] ?? 0) <= 1;
}

function step(from: number, to: number): number {
  const difference = to - from;
  const wraps = Math.abs(difference) === 9 && from >= 48 && from <= 57 && to >= 48 && to <= 57;
  return wraps ? -Math.sign(difference) : difference;
}
