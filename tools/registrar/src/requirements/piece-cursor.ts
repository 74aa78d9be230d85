import type { Piece } from './phrases.rules.ts';
import { UnreadableText } from './reading.ts';
import { unheldReasons } from './unheld.rules.ts';

/** A piece of one kind. */
export type PieceOf<K extends Piece['kind']> = Extract<Piece, { readonly kind: K }>;

/** Goes through pieces from the first to the last. */
export class PieceCursor {
  private readonly pieces: readonly Piece[];
  private at = 0;

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
  }

  /** The piece to come; undefined at the end. */
  get current(): Piece | undefined {
    return this.pieces[this.at];
  }

  /** Where the last piece ends. */
  get end(): number {
    return this.pieces.at(-1)?.end ?? 0;
  }

  /** Whether an alternative was left out after the last piece. */
  get hasAlternative(): boolean {
    const last = this.pieces[this.at - 1];
    return last !== undefined && last.kind !== 'joint' && last.hasAlternative === true;
  }

  /** Whether another amount follows the joint, which no list of the one before has. */
  get isAmountNext(): boolean {
    const next = this.pieces[this.at + 1]?.kind;
    return next === 'some' || next === 'courses' || next === 'credits';
  }

  /** The next pieces, not passed yet. */
  upcoming(count: number): readonly Piece[] {
    return this.pieces.slice(this.at, this.at + count);
  }

  /** Passes pieces. */
  skip(count: number): void {
    this.at += count;
  }

  /** Passes the next piece, of whatever kind. */
  next(): Piece {
    const piece = this.current;
    if (!piece) {
      const last = this.pieces.at(-1) ?? { at: 0, end: 0 };
      throw new UnreadableText('Something is missing at the end of this.', last);
    }
    this.at += 1;
    return piece;
  }

  /** Passes the next piece if it is of this kind. */
  accept<K extends Piece['kind']>(kind: K): PieceOf<K> | undefined {
    const piece = this.current;
    if (piece?.kind !== kind) return undefined;
    this.at += 1;
    return piece as PieceOf<K>;
  }

  /** Whether the parentheses that open here have this word between their parts. */
  groupHas(word: 'and' | 'or'): boolean {
    let depth = 0;
    for (const piece of this.pieces.slice(this.at)) {
      if (piece.kind === 'open') depth += 1;
      if (piece.kind === 'close' && --depth === 0) return false;
      if (piece.kind === 'joint' && depth === 1 && piece.word === word) return true;
    }
    return false;
  }

  /** The fault of a piece that has no place where it stands, shown with its neighbours where it says little alone. */
  unexpected(piece: Piece): UnreadableText {
    const at = this.pieces.indexOf(piece);
    const [before = piece, after = piece] = [this.pieces[at - 1], this.pieces[at + 1]];
    if (before.kind === 'unheld') {
      return new UnreadableText(unheldReasons[before.about], { at: before.at, end: piece.end });
    }
    const reason = reasons[piece.kind] ?? '"and" or "or" is missing before this.';
    if (piece.kind === 'unknown' || piece.kind === 'unheld') return new UnreadableText(reason, piece);
    if (piece.kind !== 'department') return new UnreadableText(reason, { at: before.at, end: after.end });
    const isBroken = after.kind === 'unknown' || after.kind === 'number';
    return new UnreadableText(reason, { at: piece.at, end: isBroken ? after.end : piece.end });
  }
}

const reasons: Partial<Record<Piece['kind'], string>> = {
  slash: 'A slash may mean "and" or "or": write the word.',
  star: 'No footnote says what this "*" means.',
  joint: 'Something is missing beside this.',
  close: 'Something is missing in these parentheses.',
  open: '"and" or "or" is missing before these parentheses.',
  department: 'This is no course code, and no known word.',
  unknown: 'This cannot be read as a requirement.',
};
