import type { Requirement } from '@registrar/eligibility';

/** A text of a catalogue that was understood as a whole. */
export interface ReadText {
  readonly isRead: true;
  /** Null where the text asks for nothing. */
  readonly requirement: Requirement | null;
  /** What people should see: what was left out, and which of several readings was taken. */
  readonly notes: readonly string[];
}

/** A text of a catalogue that was not understood, or that no requirement can hold. */
export interface UnreadText {
  readonly isRead: false;
  /** Why, and what to do, in a sentence. */
  readonly reason: string;
  /** The part of the text that is in the way. */
  readonly part: string;
}

/** What came of a text. */
export type Reading = ReadText | UnreadText;

/** Where something is in a text: from `at` up to `end`. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

/** Ends the reading of a text. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
  readonly span: Span;

  constructor(reason: string, { at, end }: Span) {
    super(reason);
    this.span = { at, end };
  }
}
