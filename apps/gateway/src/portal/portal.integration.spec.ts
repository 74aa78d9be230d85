import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, describe, expect, it } from 'vitest';
import { writePortal } from '../testing/portal-folder.ts';
import { rawHttp } from '../testing/raw-http.ts';
import { startGateway } from '../testing/start-gateway.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-'));
writePortal(folder, { 'previous/assets/index-old.js': 'old()' });
afterAll(() => rmSync(folder, { recursive: true }));

const { system, gateway } = await startGateway({ PORTAL_DIR: folder });

async function bytesOf(path: string, encoding: string) {
  const { statusCode, headers, body } = await request(gateway.url + path, {
    headers: { 'accept-encoding': encoding },
  });
  return { statusCode, headers, bytes: Buffer.from(await body.arrayBuffer()) };
}

describe('the portal', () => {
  it.each(['/', '/courses', '/courses?department=BIO&q=%25', '/courses/crs_1', '/sign-in'])(
    'is the same page at %s',
    async (path) => {
      const answer = await gateway.get(path);
      expect([answer.status, answer.text]).toEqual([200, (await gateway.get('/')).text]);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
          "require-trusted-types-for 'script'; trusted-types registrar",
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()') as string,
        'x-content-type-options': 'nosniff',
        vary: 'Accept-Encoding',
        'content-length': String(answer.text.length),
      });
      expect(answer.headers['x-request-id']).toBeDefined();
    },
  );

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('comes as the build compressed it, in %s, with a tag of its own', async (encoding, unpack) => {
    const plain = await bytesOf('/', 'identity');
    const packed = await bytesOf('/', encoding);
    expect(packed.headers['content-encoding']).toBe(encoding);
    expect(unpack(packed.bytes).equals(plain.bytes)).toBe(true);
    expect(packed.headers['etag']).toMatch(new RegExp(`^"[\\w-]{22}-${encoding}"$`));
    expect(packed.headers['etag']).not.toBe(plain.headers['etag']);
  });

  it('comes plain where the build did not compress it', async () => {
    const { headers, bytes } = await bytesOf('/assets/index-abc.css', 'br, gzip');
    expect([headers['content-encoding'], bytes.toString()]).toEqual([undefined, 'html {}']);
  });

  it('is not sent again to who has it', async () => {
    const { headers } = await gateway.get('/');
    for (const tag of [String(headers['etag']), `"other", ${String(headers['etag'])}`, '*']) {
      const answer = await gateway.get('/courses', undefined, { 'if-none-match': tag });
      expect([answer.status, answer.text]).toEqual([304, '']);
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-cache',
        etag: headers['etag'],
        'content-security-policy': headers['content-security-policy'],
      });
    }
    expect((await gateway.get('/', undefined, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('answers HEAD as GET, without the body', async () => {
    const [get, head] = [await gateway.get('/'), await gateway.call('HEAD', '/')];
    expect([head.status, head.text, head.headers['content-length'], head.headers['etag']]).toEqual([
      200,
      '',
      get.headers['content-length'],
      get.headers['etag'],
    ]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('knows no %s', async (method) => {
    for (const path of ['/', '/courses/crs_1', '/assets/index-abc.js']) {
      const answer = await gateway.call(method, path, { body: method === 'POST' ? {} : undefined });
      expect([path, answer.status, answer.json?.['code'], answer.headers['allow']]).toEqual([
        path,
        405,
        'method_not_allowed',
        'GET, HEAD',
      ]);
    }
  });

  it('knows no method that nobody knows', async () => {
    const { statuses, text } = await rawHttp(gateway.port, 'FROB /courses HTTP/1.1\r\nhost: x\r\n\r\n');
    expect([statuses, /allow: GET, HEAD\r\n/.test(text)]).toEqual([[405], true]);
  });
});

describe('files of the portal', () => {
  it.each([
    ['/assets/index-abc.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/index-abc.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/index-old.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/manifest.webmanifest', 'application/manifest+json; charset=utf-8', 'no-cache'],
    ['/favicon.svg', 'image/svg+xml', 'no-cache'],
    ['/icons/icon.svg', 'image/svg+xml', 'no-cache'],
  ])('%s is %s, %s', async (path, type, cacheControl) => {
    const answer = await gateway.get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': type,
      'cache-control': cacheControl,
      'x-content-type-options': 'nosniff',
    });
  });

  it('let the service worker call its own origin: it obeys the policy of its script', async () => {
    expect((await gateway.get('/sw.js')).headers['content-security-policy']).toContain("connect-src 'self'");
  });

  it.each([
    ['/nowhere', 404, 'not_found'],
    ['/index.html', 404, 'not_found'],
    ['/portal.json', 404, 'not_found'],
    ['/assets/', 404, 'not_found'],
    ['/assets/none.js', 404, 'not_found'],
    ['/assets/index-abc.js.br', 404, 'not_found'],
    ['/courses/', 404, 'not_found'],
    ['/previous/assets/index-old.js', 404, 'not_found'],
    ['/api/nowhere', 404, 'not_found'],
    ['/internal/users', 404, 'not_found'],
    ['/assets/../portal.json', 400, 'invalid_path'],
    ['/assets/%2e%2e/portal.json', 400, 'invalid_path'],
    ['/assets/..%2fportal.json', 400, 'invalid_path'],
    ['/assets/%2E%2E%2Fportal.json', 400, 'invalid_path'],
    ['/assets/..%5cportal.json', 400, 'invalid_path'],
    ['/assets//index-abc.js', 400, 'invalid_path'],
    ['//etc/passwd', 400, 'invalid_path'],
    ['/assets/index-abc.js%00', 400, 'invalid_path'],
    ['/assets/%00/portal.json', 400, 'invalid_path'],
    ['/assets/%ff', 400, 'invalid_path'],
    ['/assets/%252e%252e/portal.json', 404, 'not_found'],
  ])('%s: %i %s', async (path, status, code) => {
    const raw = await rawHttp(gateway.port, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect([raw.statuses, raw.text.includes(`"code":"${code}"`)]).toEqual([[status], true]);
    expect(raw.text).toMatch(/content-type: application\/problem\+json/i);
  });

  it('leave the API as it was', async () => {
    const answer = await gateway.get('/api/campus');
    expect([answer.status, answer.headers['content-security-policy']]).toEqual([
      200,
      "default-src 'none'; frame-ancestors 'none'",
    ]);
  });
});

describe('without a portal', () => {
  it('there is nothing at its paths', async () => {
    const bare = await system.start();
    for (const path of ['/', '/courses', '/sw.js']) {
      const answer = await bare.get(path);
      expect([path, answer.status, answer.json?.['code']]).toEqual([path, 404, 'not_found']);
    }
  });

  it('the gateway does not start where the folder is none', async () => {
    await expect(system.start({ PORTAL_DIR: join(folder, 'assets') })).rejects.toThrow(/portal\.json/);
  });
});
