import { describe, expect, it } from 'vitest';
import { answerHeaders, requestHeaders } from './header.rules.ts';
import { isCompressible, compressed, withUpstreamTags } from './compression.ts';

const own = { traceparent: '00-a-b-01', requestId: 'r1', clientAddress: '203.0.113.1' };

describe('headers to a service', () => {
  it('are those of the request and ours, nothing that a client made up', () => {
    const headers = requestHeaders(
      {
        accept: 'a',
        authorization: 'b',
        'x-registrar-user': 'c',
        'x-forwarded-for': 'd',
        forwarded: 'e',
        host: 'f',
        'content-length': '5',
        connection: 'accept',
      },
      own,
    );
    expect(headers).toEqual({
      accept: 'a',
      authorization: 'b',
      traceparent: '00-a-b-01',
      'x-request-id': 'r1',
      'x-forwarded-for': '203.0.113.1',
    });
  });
});

describe('headers to a client', () => {
  it('are those of the answer, without what belongs to the connection', () => {
    expect(
      answerHeaders({
        etag: '"1"',
        connection: 'X-Hop, keep-alive',
        'x-hop': '1',
        'keep-alive': 'timeout=5',
        'transfer-encoding': 'chunked',
        server: 's',
        location: '/x',
      }),
    ).toEqual({ etag: '"1"', location: '/x' });
  });

  it.each([
    ['Accept, Accept-Encoding', 'Origin, Accept-Encoding, Accept'],
    ['accept-encoding', 'Origin, Accept-Encoding'],
    [undefined, 'Origin, Accept-Encoding'],
  ])('vary by what the service names (%s) and by what the gateway does', (theirs, both) => {
    const upstream = theirs === undefined ? {} : { vary: theirs };
    expect(answerHeaders(upstream, 'Origin, Accept-Encoding')).toEqual({ vary: both });
    expect(answerHeaders(upstream)).toEqual(upstream);
  });
});

describe('packing', () => {
  const answer = {
    status: 200,
    headers: { 'content-type': 'application/json', etag: '"5.a"' },
    body: Buffer.alloc(3_000, 0x20),
  };

  it('is for plain JSON and CSV above a KB that the client takes compressed', () => {
    expect(isCompressible(answer, 'br')).toBe(true);
    expect(isCompressible(answer, undefined)).toBe(false);
    expect(isCompressible({ ...answer, body: Buffer.alloc(1_024) }, 'br')).toBe(false);
    expect(
      isCompressible({ ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' } }, 'br'),
    ).toBe(false);
    expect(isCompressible({ ...answer, headers: { 'content-type': 'text/event-stream' } }, 'br')).toBe(false);
  });

  it('gives each encoding a tag of its own, which the service is asked without', async () => {
    const br = await compressed(answer, 'gzip;q=0.5, br');
    expect(br.headers).toMatchObject({ 'content-encoding': 'br', etag: '"5.a-br"', vary: 'Accept-Encoding' });
    expect(br.body.length).toBeLessThan(answer.body.length);
    expect(withUpstreamTags('"5.a-br"')).toBe('"5.a-br", "5.a"');
    expect(withUpstreamTags('"5.a"')).toBe('"5.a"');
    expect(await compressed(answer, 'identity')).toBe(answer);
  });
});
