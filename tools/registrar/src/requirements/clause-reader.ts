import { creditsOf, someOf } from './amount-lists.rules.ts';
import type { Listed, PatternNode } from './amount-lists.rules.ts';
import { joinedParts } from './joined-parts.rules.ts';
import type { Note, Part } from './joined-parts.rules.ts';
import { KnownCourses } from './known-courses.ts';
import { groupOf } from './nodes.ts';
import type { AmountNode, CourseNode, Node } from './nodes.ts';
import { PatternReader } from './pattern-reader.ts';
import type { CodeStyle } from './pattern-reader.ts';
import type { Joint, Piece } from './phrases.rules.ts';
import { PieceCursor } from './piece-cursor.ts';
import type { PieceOf } from './piece-cursor.ts';
import { UnreadableText } from './reading.ts';
import { applySuffix } from './suffixes.rules.ts';

/** What holds for the courses that follow, up to the end of the clause. */
interface Prefix {
  readonly minGrade: string | undefined;
  readonly isConcurrent: boolean;
}

/** Parentheses within parentheses; a catalogue has no more. */
const maxDepth = 20;

const listEnd = 'Where this list ends cannot be told: put parentheses around it.';

/** Reads the pieces of a sentence, from the first to the last, into one part. */
export class ClauseReader {
  private readonly cursor: PieceCursor;
  private readonly base: Prefix;
  private readonly style: CodeStyle;
  private readonly patterns: PatternReader;
  private readonly note: Note;
  private prefix: Prefix;
  private depth = 0;
  private readonly known = new KnownCourses();
  /** By what a part begins with. */
  private readonly readers: { readonly [Kind in Piece['kind']]?: (piece: PieceOf<Kind>) => Node } = {
    code: (piece) => this.course(piece, false),
    number: (piece) => this.course({ ...this.known.departmentOf(piece), ...piece }, true),
    open: (piece) => this.readGroup(piece),
    either: (piece) => this.readPair(piece, 'or'),
    both: (piece) => this.readPair(piece, 'and'),
    some: (piece) => this.readSome(piece),
    credits: (piece) => this.readCredits(piece),
    courses: (piece) => {
      const of = [this.patterns.patternOf(piece.beginning)];
      return this.amount(piece, { count: piece.count, of });
    },
    unheld: (piece) => piece,
  };

  /** @param isConcurrent whether all of it may be taken in the same semester */
  constructor(pieces: readonly Piece[], isConcurrent: boolean, style: CodeStyle, note: Note) {
    this.cursor = new PieceCursor(pieces);
    this.base = { minGrade: undefined, isConcurrent };
    this.prefix = this.base;
    this.style = style;
    this.patterns = new PatternReader(this.cursor, style, note);
    this.note = note;
  }

  /** @throws UnreadableText where a piece has no place */
  readAll(): Node {
    const node = this.readList();
    const rest = this.cursor.current;
    if (rest) throw new UnreadableText('A parenthesis is closed that was not opened.', rest);
    return node;
  }

  private readList(): Node {
    const parts: Omit<Part, 'node'>[] = [];
    const nodes: Node[] = [];
    // Of the clause since the last semicolon, which what stands after a course may be about.
    const clause: Node[] = [];
    for (let joint: Joint | undefined; ;) {
      this.startPart(joint);
      if (joint?.mark === ';') nodes.push(...clause.splice(0));
      clause.push(this.readSuffixes(this.readItem(), clause));
      parts.push({ joint, hasAlternative: this.cursor.hasAlternative });
      joint = this.cursor.accept('joint');
      if (!joint) break;
    }
    nodes.push(...clause);
    const end = this.cursor.current;
    if (end && end.kind !== 'close') throw this.cursor.unexpected(end);
    return joinedParts(
      parts.flatMap((part, at) => (nodes[at] ? [{ ...part, node: nodes[at] }] : [])),
      this.note,
    );
  }

  private startPart(joint: Joint | undefined): void {
    if (joint?.mark === ';') this.prefix = this.base;
    this.known.startPart(joint);
  }

  private readItem(): Node {
    for (;;) {
      const piece = this.cursor.next();
      if (this.startPrefix(piece)) continue;
      const readPiece = this.readers[piece.kind] as ((piece: Piece) => Node) | undefined;
      if (!readPiece) throw this.cursor.unexpected(piece);
      return readPiece(piece);
    }
  }

  /** Whether a piece only says something of the courses that follow. */
  private startPrefix(piece: Piece): boolean {
    if (piece.kind === 'grade before') this.prefix = { ...this.prefix, minGrade: piece.grade };
    else if (piece.kind === 'concurrent before') this.prefix = { ...this.prefix, isConcurrent: true };
    else if (piece.kind === 'completed') this.prefix = this.base;
    else return piece.kind === 'filler';
    return true;
  }

  private course(
    { department, separator, number, at, end }: Omit<PieceOf<'code'>, 'kind'>,
    isBare: boolean,
  ): CourseNode {
    const written = { department, separator, number, isBare, at, end };
    const node: CourseNode = { kind: 'course', ...written, ...this.prefix };
    this.known.push(node);
    return node;
  }

  private readGroup(open: PieceOf<'open'>): Node {
    const { prefix } = this;
    this.openGroup(open);
    const node = this.readList();
    this.closeGroup(open);
    this.prefix = prefix;
    return node;
  }

  private openGroup(open: PieceOf<'open'>): void {
    this.depth += 1;
    if (this.depth <= maxDepth) return;
    throw new UnreadableText('There are too many parentheses within each other.', open);
  }

  private closeGroup(open: PieceOf<'open'>): void {
    if (!this.cursor.accept('close')) {
      throw new UnreadableText('This parenthesis is not closed.', { at: open.at, end: this.cursor.end });
    }
    this.depth -= 1;
  }

  /** Grades, timing and "(or X)" after an item. */
  private readSuffixes(item: Node, siblings: Node[]): Node {
    let node = item;
    for (;;) {
      const suffix = this.cursor.accept('grade after') ?? this.cursor.accept('concurrent after');
      if (suffix) {
        node = applySuffix(suffix, node, siblings);
        continue;
      }
      if (this.cursor.accept('filler')) continue;
      const [open, or] = this.cursor.upcoming(2);
      if (open?.kind !== 'open' || or?.kind !== 'joint' || or.word !== 'or' || or.mark !== '') return node;
      this.cursor.skip(2);
      this.openGroup(open);
      node = groupOf('or', [node, this.readList()]);
      this.closeGroup(open);
    }
  }

  /** "either A or B", "both A and B": these belong together. */
  private readPair(piece: PieceOf<'either'> | PieceOf<'both'>, word: 'and' | 'or'): Node {
    const { nodes, word: found } = this.readChoice(true);
    if (found === word) return groupOf(word, nodes);
    throw new UnreadableText(`"${piece.kind}" needs "${word}" between two parts.`, piece);
  }

  private readSome(piece: PieceOf<'some'>): Node {
    const { prefix } = this;
    if (piece.grade !== undefined) this.prefix = { ...prefix, minGrade: piece.grade };
    const list = this.readListed(piece.count > 1);
    this.prefix = prefix;
    return someOf(piece.count, list, piece, this.style.codeOf);
  }

  private readCredits(piece: PieceOf<'credits'>): Node {
    if (!piece.hasList) {
      const beginning = this.cursor.accept('beginning');
      const of = beginning && [this.patterns.patternOf(beginning.beginning)];
      return this.amount(piece, { credits: piece.credits, ...(of && { of }) });
    }
    const node = creditsOf(piece.credits, this.readListed(false), piece, this.style.codeOf);
    return this.amount(piece, node.requirement);
  }

  private amount(
    piece: AmountNode | PieceOf<'courses'> | PieceOf<'credits'>,
    requirement: AmountNode['requirement'],
  ): AmountNode {
    const { at, end } = piece;
    if (this.prefix.minGrade !== undefined || this.prefix.isConcurrent) {
      throw new UnreadableText(
        'Credits and counts have no least grade, and are of earlier semesters.',
        piece,
      );
    }
    return { kind: 'amount', requirement, at, end };
  }

  /**
   * A list after an amount: in parentheses, unless these are around a part of it. Without, it is of one kind: "12
   * credits of MATH or PHYS 1100" may mean two things, and so may "one of MATH 1 and PHYS 2".
   */
  private readListed(isOfSeveral: boolean): Listed[] {
    const open = this.cursor.current;
    if (open?.kind === 'open' && !this.cursor.groupHas('and')) {
      this.cursor.skip(1);
      const { list } = this.readChoice(false);
      if (!this.cursor.accept('close')) throw this.cursor.unexpected(this.cursor.current ?? open);
      return list;
    }
    const { list, word } = this.readChoice(false);
    const patterns = list.filter(({ kind }) => kind === 'pattern').length;
    const isMixed = patterns > 0 && patterns < list.length;
    if (isMixed || (word === 'and' && (patterns > 0 || (list.length === 2 && !isOfSeveral)))) {
      throw new UnreadableText(listEnd, { at: list[0]?.at ?? 0, end: list.at(-1)?.end ?? 0 });
    }
    return list;
  }

  /** "A, B, or C", "A or B or C", "A, B and C", "A, B": up to where its own word has closed it. */
  private readChoice(isPair: boolean): { nodes: Node[]; list: Listed[]; word: Joint['word'] } {
    const patterns: PatternNode[] = [];
    const nodes: Node[] = [];
    let word: Joint['word'] = '';
    for (;;) {
      const pattern = isPair ? undefined : this.patterns.readPattern();
      if (pattern) patterns.push(pattern);
      else nodes.push(this.readSuffixes(this.readItem(), nodes));
      const joint = this.nextInList(word, isPair);
      if (!joint) break;
      word = joint.word;
      this.startPart(joint);
    }
    return { nodes, list: [...nodes, ...patterns].sort((one, other) => one.at - other.at), word };
  }

  /** The joint to the next part of a list whose parts have been joined by `word` so far; none where the list ends. */
  private nextInList(word: Joint['word'], isPair: boolean): Joint | undefined {
    const joint = this.cursor.current;
    if (joint?.kind !== 'joint' || joint.mark === ';' || this.cursor.isAmountNext) return undefined;
    const isClosed = word !== '';
    const goesOn = joint.mark === '' && joint.word === word;
    if (isClosed && !goesOn) {
      if (isPair || (joint.mark === ',' && joint.word === 'and')) return undefined;
      throw new UnreadableText(listEnd, joint);
    }
    this.cursor.skip(1);
    return joint;
  }
}
