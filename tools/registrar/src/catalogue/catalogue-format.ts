import type { CatalogueFile } from './offered-section.ts';
import type { TextReading } from './text-rules.rules.ts';

/** A file as it was given. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** How a catalogue is written. */
export interface CatalogueFormat {
  readonly name: string;
  /** For the help: what the files are. */
  readonly description: string;
  /**
   * Reads all files of one catalogue.
   *
   * @throws UsageFault where a file is not of this format; a fault in one section is said of that section
   */
  read(files: readonly SourceFile[], reading: TextReading): CatalogueFile;
}
