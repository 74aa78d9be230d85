/**
 * What must never reach a header or a line of text: control characters (a CRLF would start a new header), line
 * and paragraph separators, and the marks that turn the direction of what follows them.
 */
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * `value` as one line of at most `maxLength` UTF-16 units, cut between whole characters (an emoji of several
 * code points is one) and marked by `…` where it was cut. Lone surrogates become U+FFFD.
 */
export function oneLine(value: string, maxLength: number): string {
  // What is far beyond the limit is not even looked at.
  const head = value.slice(0, maxLength * 8).toWellFormed();
  const line = head.replaceAll(unprintable, ' ').replaceAll(/\s+/g, ' ').trim();
  return line.length <= maxLength ? line : `${clipped(line, maxLength - 1).trimEnd()}…`;
}

function clipped(line: string, maxLength: number): string {
  let kept = '';
  for (const { segment } of graphemes.segment(line)) {
    if (kept.length + segment.length > maxLength) break;
    kept += segment;
  }
  return kept;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** `text` as HTML text or attribute value. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
