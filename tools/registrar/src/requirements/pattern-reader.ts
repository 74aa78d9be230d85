import type { CodeOf, PatternNode } from './amount-lists.rules.ts';
import type { PieceCursor } from './piece-cursor.ts';

/** How codes are written where they are kept. */
export interface CodeStyle {
  readonly codeOf: CodeOf;
  /** Between the department and the number of a pattern; undefined where nothing shows it. */
  readonly separator: string | undefined;
}

/** Reads beginnings of codes: "MATH courses", "MATH 2*", "any beginning with MATH 2". */
export class PatternReader {
  private readonly cursor: PieceCursor;
  private readonly style: CodeStyle;
  private readonly note: (words: string) => void;

  constructor(cursor: PieceCursor, style: CodeStyle, note: (words: string) => void) {
    this.cursor = cursor;
    this.style = style;
    this.note = note;
  }

  /** The pattern that comes next, if one does. */
  readPattern(): PatternNode | undefined {
    const [piece, star] = this.cursor.upcoming(2);
    const hasStar = star?.kind === 'star';
    if (piece?.kind === 'beginning') {
      this.cursor.skip(1);
      return {
        kind: 'pattern',
        pattern: this.patternOf(piece.beginning),
        at: piece.at,
        end: piece.end,
      };
    }
    if (piece?.kind !== 'department' && !(piece?.kind === 'code' && hasStar)) return undefined;
    this.cursor.skip(hasStar ? 2 : 1);
    const span = { at: piece.at, end: hasStar ? star.end : piece.end };
    if (piece.kind === 'code') {
      return {
        kind: 'pattern',
        pattern: this.patternOf(`${piece.department} ${piece.number}`),
        ...span,
      };
    }
    // "JS*" is written as a pattern is; "JS *" and "JS courses" are not.
    const isPattern = hasStar && star.at === piece.end;
    const pattern = isPattern ? `${piece.department}*` : this.patternOf(piece.department);
    return { kind: 'pattern', pattern, ...span };
  }

  /** `MATH 2` as `MATH 2*`, `MATH` as `MATH *`; nothing as `*`. */
  patternOf(beginning: string): string {
    const [, department = '', number = ''] = /^([A-Z&]*)[ -]?(.*)$/.exec(beginning) ?? [];
    if (department === '') return '*';
    const { separator = ' ' } = this.style;
    const pattern = `${department}${separator}${number}*`;
    if (this.style.separator === undefined)
      this.note(`"${pattern}" fits codes that are written like "MATH 210"`);
    if (separator === '' && number === '') this.note(`"${department}*" fits all departments that begin so`);
    return pattern;
  }
}
