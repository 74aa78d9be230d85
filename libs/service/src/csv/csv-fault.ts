/** A CSV file that cannot be read as a whole: which part of it, and why, in words for who sent it. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
  readonly path: 'file' | 'header';

  constructor(path: 'file' | 'header', message: string) {
    super(message);
    this.path = path;
  }
}
