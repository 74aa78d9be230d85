import type { FaultCode } from '@registrar/contracts-http';

/** A CSV file that cannot be read as a whole: which part of it, and why, in words for who sent it. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
  readonly path: 'file' | 'header';
  readonly code: FaultCode;

  constructor(path: 'file' | 'header', code: FaultCode, message: string) {
    super(message);
    this.path = path;
    this.code = code;
  }
}
