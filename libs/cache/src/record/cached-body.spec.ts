import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CachedBody } from './cached-body.ts';

const json = JSON.stringify(Array.from({ length: 200 }, (_, index) => ({ index, title: 'Linear algebra' })));

describe('CachedBody', () => {
  it('has a tag that is the same for the same bytes, and another for others', () => {
    expect(CachedBody.of('{"a":1}').tag).toBe(CachedBody.of(Buffer.from('{"a":1}')).tag);
    expect(CachedBody.of('{"a":1}').tag).not.toBe(CachedBody.of('{"a":2}').tag);
    expect(CachedBody.of('').tag).toMatch(/^[\w-]{22}$/);
  });

  it('packs once for each coding, however many ask at the same time', async () => {
    const body = CachedBody.of(json);
    const [one, two] = await Promise.all([body.form('br'), body.form('br')]);
    expect(one).toBe(two);
    expect(body.form('br')).toBe(one);
    expect(brotliDecompressSync(one ?? '').toString()).toBe(json);
    expect(gunzipSync((await body.form('gzip')) ?? '').toString()).toBe(json);
  });

  it('does not pack up to 1 KB', () => {
    expect(CachedBody.of('x'.repeat(1_024)).form('br')).toBeUndefined();
    expect(CachedBody.of('x'.repeat(1_025)).form('br')).toBeInstanceOf(Promise);
  });

  it('keeps no form that is not smaller', async () => {
    const noise = Buffer.from(
      Array.from({ length: 2_000 }, (_, index) => (index * 7_919 * (index + 13)) % 251),
    );
    const body = CachedBody.of(noise.map((byte, index) => (byte * 31 + index * index) & 255));
    const form = await body.form('gzip');
    expect(form === undefined || form.length < body.bytes.length).toBe(true);
    expect(body.form('gzip')).toBe(form);
  });

  it('never grows beyond what it says', async () => {
    const body = CachedBody.of(json);
    const forms = [await body.form('br'), await body.form('gzip')];
    const held = forms.reduce((sum, form) => sum + (form?.length ?? 0), body.bytes.length);
    expect(held).toBeLessThanOrEqual(body.maxSizeBytes);
  });
});
