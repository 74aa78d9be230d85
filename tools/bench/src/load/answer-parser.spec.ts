import { describe, expect, it } from 'vitest';
import type { Answer } from './answer-parser.ts';
import { AnswerParser } from './answer-parser.ts';

const answers = Buffer.from(
  [
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nCache-Status: registrar-gateway; hit; detail=l1\r\n\r\nhello',
    'HTTP/1.1 304 Not Modified\r\netag: "1"\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n',
    'HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n',
    'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\n{}',
  ].join(''),
);

function readIn(pieceBytes: number): Answer[] {
  const read: Answer[] = [];
  const parser = new AnswerParser((answer) => read.push(answer));
  for (let at = 0; at < answers.length; at += pieceBytes) parser.push(answers.subarray(at, at + pieceBytes));
  return read;
}

describe('AnswerParser', () => {
  it.each([1, 2, 3, 7, 64, 10_000])('reads the same answers in pieces of %i bytes', (pieceBytes) => {
    const read = readIn(pieceBytes);
    expect(read.map(({ status }) => status)).toEqual([200, 304, 200, 201, 503]);
    expect(read.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(answers.length);
    expect(read[0]?.cacheStatus).toBe('registrar-gateway; hit; detail=l1');
    expect(read[1]?.cacheStatus).toBe('');
  });

  it('refuses what is no answer', () => {
    const parser = new AnswerParser(() => undefined);
    expect(() => parser.push(Buffer.from('SSH-2.0-x\r\n\r\n'))).toThrow('not an answer');
  });
});
