/** How the command ends: scripts rely on these. */
export const exitCodes = {
  done: 0,
  /** The server refused, or cannot be reached; a text cannot be read. */
  failed: 1,
  /** The command line, or the environment, asks for nothing that the command does. */
  usage: 2,
  /** A file is through, and some of its lines were refused. */
  someRefused: 3,
} as const;

/** The command line or the environment is not right; the message says how it would be. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

/** The server refused, or cannot be reached; the message is for people and holds no secret. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';
  readonly status: number;
  /** The problem's code, such as `course_not_found`; `unreachable` where there was no answer. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
