import { amountPhrases } from './amount-phrases.rules.ts';
import { isAside, remarkPhrases } from './asides.rules.ts';
import { gradePhrases } from './grade-phrases.rules.ts';
import { timingPhrases } from './timing-phrases.rules.ts';
import { anyCase, plain, plainWord } from './token-rule.ts';
import type { TokenRule } from './token-rule.ts';
import type { Token } from './tokens.ts';
import { unheldPhrases } from './unheld.rules.ts';

/** Nothing that "PHYS 2A-B" or "GPA 3.0" begins with. */
const numberEnd = '(?![A-Za-z0-9]|\\.\\d|-[A-Za-z0-9])';
/** Written as departments are, but followed by a number that is no course's. */
const noDepartment =
  '(?!(?:GPA|WAM|SAT|ACT|GRE|TOEFL|IELTS|MCAT|LEVEL|YEAR|PART|STAGE|TERM|GRADE|MARK|SCORE)\\b)';
const department = '(?<department>[A-Z][A-Z&]{1,5})';

const codes: readonly TokenRule[] = [
  [
    new RegExp(
      `${noDepartment}${department}(?<separator>\\s*-?)(?<digits>\\d{1,4}[A-Z]{0,3})${numberEnd}`,
      'y',
    ),
    ({ department: name = '', separator = '', digits = '' }) => ({
      kind: 'code',
      department: name,
      separator: separator.trim() || (separator === '' ? '' : ' '),
      number: digits,
    }),
  ],
  [
    new RegExp(`(?<digits>\\d{1,4}[A-Z]{0,3})${numberEnd}`, 'y'),
    ({ digits = '' }) => ({ kind: 'number', number: digits }),
  ],
  [
    new RegExp(`${department}(?: courses?| coursework)?(?![A-Za-z0-9&])`, 'y'),
    ({ department: name = '' }) => ({ kind: 'department', department: name }),
  ],
];

/** In the order of trial: the first that fits is taken. */
const rules: readonly TokenRule[] = [
  ...timingPhrases,
  ...remarkPhrases.map((phrase) => plain(phrase, 'remark')),
  plainWord('none|n/a|no prerequisites?', 'none'),
  ...gradePhrases,
  ...amountPhrases,
  ...unheldPhrases.map(([about, phrase]): TokenRule => [
    anyCase(`(?:${phrase})(?![a-z0-9])`),
    () => ({ kind: 'unheld', about }),
  ]),
  plainWord(
    '(?:(?:students )?(?:must )?(?:have|having) (?:successfully |satisfactorily )?(?:completed|passed|taken)|(?:successful |satisfactory )?completion of|(?:successfully |satisfactorily )?completed)(?: courses?)?',
    'completed',
  ),
  plainWord('also|requires|(?:is |are )?required', 'filler'),
  plainWord('either', 'either'),
  plainWord('both', 'both'),
  plainWord('and/or|or', 'or'),
  plainWord('and|plus|as well as', 'and'),
  plain('[&+](?=\\s)', 'and'),
  ...codes,
  plain(',', 'comma'),
  plain(';', 'semicolon'),
  plain('\\.', 'period'),
  plain('\\(', 'open'),
  plain('\\)', 'close'),
  plain('/', 'slash'),
  plain('\\*', 'star'),
  // Up to where something else can begin, so that the part can be shown.
  plain('.(?:(?![,;()]|\\.(?:\\s|$)| (?:and|or) ).)*', 'unknown'),
];

/**
 * Pieces of a text, in their order. Whatever is in none of the known forms is a token of its own, `unknown`.
 *
 * @param text in one line, with `-` for all dashes
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ') {
      at += 1;
      continue;
    }
    const token = asideAt(text, at, tokens) ?? tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  for (const [pattern, tokenOf] of rules) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found?.[0]) return { ...tokenOf(found.groups ?? {}), at, end: at + found[0].length };
  }
  return { kind: 'unknown', at, end: at + 1 };
}

/** The aside that begins here, where a clause does. */
function asideAt(text: string, at: number, before: readonly Token[]): Token | undefined {
  const last = before.at(-1)?.kind;
  const isClause = last === undefined || last === 'label' || last === 'period' || last === 'semicolon';
  const isPart = last === 'comma' || (last === 'and' && before.at(-2)?.kind === 'comma');
  if (!isClause && !isPart) return undefined;
  const end = clauseEnd(text, at);
  const clause = text.slice(at, end);
  // Of "MATH 1, MATH 2 recommended" nobody can tell whether both are; of "and MATH 2 is recommended" one can.
  if (isPart && / \d/.test(clause) && !/ is /.test(clause)) return undefined;
  return isAside(clause) ? { kind: 'aside', at, end } : undefined;
}

/** Where a clause ends: at a semicolon or a full stop that is in no parentheses. */
function clauseEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '(') depth += 1;
    if (letter === ')' && --depth < 0) return at;
    if (depth > 0) continue;
    if (letter === ';' || (letter === '.' && /^\.(?:\s|$|[A-Z])/.test(text.slice(at, at + 2)))) return at;
  }
  return text.length;
}
