/** The parts of an HTTP answer that are counted. */
export interface Answer {
  readonly status: number;
  /** Head and body together. */
  readonly bytes: number;
  /** The `Cache-Status` header as sent, or empty. */
  readonly cacheStatus: string;
}

const headEnd = Buffer.from('\r\n\r\n');
const lineEnd = Buffer.from('\r\n');
const nothing = Buffer.alloc(0);

interface Head {
  readonly status: number;
  readonly headBytes: number;
  readonly bodyBytes: number | 'chunked';
  readonly cacheStatus: string;
}

const cacheStatusLine = /\r\ncache-status: *([^\r]*)/i;
const contentLengthLine = /\r\ncontent-length: *(\d+)/i;
const chunkedLine = /\r\ntransfer-encoding: *chunked/i;

function bodyBytesOf(status: number, head: string): Head['bodyBytes'] {
  if (status === 204 || status === 304) return 0;
  const length = contentLengthLine.exec(head)?.[1];
  if (length !== undefined) return Number(length);
  return chunkedLine.test(head) ? 'chunked' : 0;
}

function headOf(text: string, headBytes: number): Head {
  const status = Number(text.slice(9, 12));
  if (!text.startsWith('HTTP/1.1 ') || !(status >= 100))
    throw new Error(`not an answer: ${text.slice(0, 40)}`);
  const cacheStatus = cacheStatusLine.exec(text)?.[1] ?? '';
  return { status, headBytes, bodyBytes: bodyBytesOf(status, text), cacheStatus };
}

/** Where a chunked body ends in `bytes`, counted from `from`; undefined while it is not whole. */
function endOfChunks(bytes: Buffer, from: number): number | undefined {
  let at = from;
  for (;;) {
    const sizeEnd = bytes.indexOf(lineEnd, at);
    if (sizeEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, sizeEnd), 16);
    if (Number.isNaN(size)) throw new Error('not a chunk');
    at = sizeEnd + 2 + size + 2;
    if (at > bytes.length) return undefined;
    if (size === 0) return at;
  }
}

/**
 * Reads HTTP/1.1 answers of one connection, in pieces of any size.
 *
 * It reads the status, the length and one header only, to cost less than the server. Bodies of a known length are
 * counted without being assembled.
 */
export class AnswerParser {
  private readonly onAnswer: (answer: Answer) => void;
  private waiting: Buffer = nothing;
  private head: Head | undefined;
  private bodyLeft = 0;

  constructor(onAnswer: (answer: Answer) => void) {
    this.onAnswer = onAnswer;
  }

  /** Reads bytes of the socket. @throws Error where they are no HTTP/1.1 answer */
  push(chunk: Buffer): void {
    let rest = this.waiting.length === 0 ? chunk : Buffer.concat([this.waiting, chunk]);
    this.waiting = nothing;
    while (rest.length > 0) {
      const used = this.take(rest);
      if (used === 0) {
        this.waiting = rest;
        return;
      }
      rest = rest.subarray(used);
    }
  }

  private take(bytes: Buffer): number {
    if (this.head === undefined) return this.takeHead(bytes);
    if (this.head.bodyBytes === 'chunked') return this.takeChunks(bytes, this.head);
    const part = Math.min(this.bodyLeft, bytes.length);
    this.bodyLeft -= part;
    if (this.bodyLeft === 0) this.finish(this.head, this.head.bodyBytes);
    return part;
  }

  private takeHead(bytes: Buffer): number {
    const end = bytes.indexOf(headEnd);
    if (end < 0) return 0;
    const head = headOf(bytes.toString('latin1', 0, end), end + headEnd.length);
    this.head = head;
    if (head.bodyBytes === 0) this.finish(head, 0);
    else if (head.bodyBytes !== 'chunked') this.bodyLeft = head.bodyBytes;
    return head.headBytes;
  }

  private takeChunks(bytes: Buffer, head: Head): number {
    const end = endOfChunks(bytes, 0);
    if (end === undefined) return 0;
    this.finish(head, end);
    return end;
  }

  private finish(head: Head, bodyBytes: number): void {
    this.head = undefined;
    const { status, cacheStatus, headBytes } = head;
    this.onAnswer({ status, cacheStatus, bytes: headBytes + bodyBytes });
  }
}
