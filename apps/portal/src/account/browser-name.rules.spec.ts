import { expect, it } from 'vitest';
import { browserIn } from './browser-name.rules.ts';

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36 Edg/143.0',
    'Edge, Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.1 Mobile Safari/604.1',
    'Safari, iOS',
  ],
  ['curl/8.14.1', 'curl'],
  ['', undefined],
  [null, undefined],
])('%s is %s', (userAgent, name) => expect(browserIn(userAgent)).toBe(name));
