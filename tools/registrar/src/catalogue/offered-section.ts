import type { NewCourse } from '@registrar/contracts-courses';

/** Who keeps a section from being held as it is. */
export const lossKinds = {
  /** The course of the API has no place for it. */
  model: 'the system cannot hold it',
  /** The file lacks what the API asks for, or has it wrong. */
  source: 'the file lacks it or has it wrong',
  /** A rule in English that could not be read stays a text: nobody is held to it. */
  text: 'a rule stays a text that nobody is held to',
  /** The API took other sections, and not this one. */
  refused: 'the system refused it',
} as const;

/** Something that a section says and the system would not have afterwards. */
export interface Loss {
  readonly kind: keyof typeof lossKinds;
  /** The same words for the same cause, to be counted. */
  readonly cause: string;
  /** What of this section. */
  readonly detail: string;
}

/** A section as files name another one. */
export interface SectionRef {
  readonly code: string;
  readonly section: string;
}

/** One of each list is taken along. */
export interface LinkedRefs {
  readonly component: NonNullable<NewCourse['component']>;
  readonly sections: readonly SectionRef[];
}

/** A course as the API takes it, without what needs ids of others. */
export type SectionFields = Omit<NewCourse, 'semesterId' | 'linked' | 'crossListedOf'>;

/** A section as a file offers it; its values are not checked yet. */
export interface OfferedSection {
  /** Where in the file: "line 12". */
  readonly where: string;
  readonly semesterId?: string | undefined;
  readonly departmentName?: string | undefined;
  readonly fields: SectionFields;
  readonly linked: readonly LinkedRefs[];
  readonly crossListedOf: SectionRef | null;
  readonly losses: readonly Loss[];
  /** What people should know of how the section is held; the same words for the same thing, to be counted. */
  readonly remarks: readonly string[];
}

/** Something in a file that is no section that could be offered. */
export interface UnreadableSection {
  readonly where: string;
  readonly name: string;
  readonly losses: readonly Loss[];
}

/** What is in the files of a catalogue, in their order. */
export interface CatalogueFile {
  readonly sections: readonly OfferedSection[];
  readonly unreadable: readonly UnreadableSection[];
}

/** A catalogue of what was read of its sections. */
export function catalogueOf(read: readonly (OfferedSection | UnreadableSection)[]): CatalogueFile {
  return {
    sections: read.flatMap((each) => ('fields' in each ? [each] : [])),
    unreadable: read.flatMap((each) => ('fields' in each ? [] : [each])),
  };
}

/** The section that a reference names, as one text. */
export function keyOf({ code, section }: SectionRef): string {
  return `${code}\n${section}`;
}

/** Of every section that has a number in the system it comes from. */
export const numbersAreNotKept = 'Numbers that another system gives to sections (CRN) are not kept.';

/** Said of every section with instructors' names. */
export const namesAreNoAccounts = 'Instructors are named, not accounts: assign them by id.';
