import type { Span } from './reading.ts';
import type { Unheld } from './unheld.rules.ts';

/** When a course has to be taken: before, in the same semester at the latest, or as a heading leaves open. */
export type Timing = 'before' | 'concurrent' | 'open';

/** Kinds of tokens that say nothing beside what they are. */
export type PlainKind =
  | 'and'
  | 'or'
  | 'comma'
  | 'semicolon'
  | 'period'
  | 'open'
  | 'close'
  | 'slash'
  | 'star'
  | 'footnote'
  | 'either'
  | 'both'
  | 'none'
  /** A clause that asks for nothing. */
  | 'aside'
  /** Words within a clause that ask for nothing. */
  | 'remark'
  /** "required" and the like. */
  | 'filler'
  /** "completion of", which ends what was said of the courses before. */
  | 'completed'
  | 'concurrent before'
  | 'unknown';

/** What a token is, beside where it is. */
export type TokenBody =
  | {
      readonly kind: 'code';
      readonly department: string;
      readonly separator: string;
      readonly number: string;
    }
  /** The number of a course whose department was named before. */
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'department'; readonly department: string }
  | { readonly [Kind in PlainKind]: { readonly kind: Kind } }[PlainKind]
  | { readonly kind: 'label'; readonly timing: Timing }
  /** A least grade: of what follows, or of what was before it; of each of them where `isOfEach`. */
  | { readonly kind: 'grade before'; readonly grade: string }
  | {
      readonly kind: 'grade after';
      readonly grade: string;
      readonly isOfEach: boolean;
      readonly isInner: boolean;
    }
  | { readonly kind: 'concurrent after'; readonly isOfEach: boolean; readonly isInner: boolean }
  /** So many of a list that follows; Infinity for all of it. */
  | { readonly kind: 'some'; readonly count: number; readonly grade: string | undefined }
  /** So many courses whose codes begin so; `*` alone fits all. */
  | { readonly kind: 'courses'; readonly count: number; readonly beginning: string }
  | { readonly kind: 'credits'; readonly credits: number; readonly hasList: boolean }
  /** A pattern within a list. */
  | { readonly kind: 'beginning'; readonly beginning: string }
  | { readonly kind: 'unheld'; readonly about: Unheld };

/** A piece of a text. */
export type Token = TokenBody & Span;
