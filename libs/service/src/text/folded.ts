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

/** The one form in which texts and questions are compared: `CAFÉ` and `cafe` are the same. */
export function folded(text: string): string {
  const bare = text.normalize('NFKD').replaceAll(accents, '').normalize('NFKC').toLowerCase();
  return bare.replaceAll(special, (letter) => plainLetters[letter] ?? letter);
}
