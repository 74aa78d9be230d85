import { describe, expect, it } from 'vitest';
import { isFromOwnPage, isPlainLoopback } from './own-page.rules.ts';

const ours = 'https://registrar.example/reset-password';
const web = { 'x-registrar-web': '1', host: 'registrar.example' };

describe('a page of our own', () => {
  it.each([
    [{ ...web, 'sec-fetch-site': 'same-origin' }],
    [{ ...web, origin: 'https://registrar.example' }],
    // Browsers say both; what they say of the site counts.
    [{ ...web, 'sec-fetch-site': 'same-origin', origin: 'https://registrar.example' }],
  ])('is told by %j', (headers) => expect(isFromOwnPage(headers, ours)).toBe(true));

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ 'x-registrar-web': 'true', 'sec-fetch-site': 'same-origin' }],
    [{ 'x-registrar-web': '1, 1', 'sec-fetch-site': 'same-origin' }],
    [web],
    [{ ...web, 'sec-fetch-site': 'same-site' }],
    [{ ...web, 'sec-fetch-site': 'cross-site' }],
    [{ ...web, 'sec-fetch-site': 'none' }],
    [{ ...web, 'sec-fetch-site': 'cross-site', origin: 'https://registrar.example' }],
    [{ ...web, 'sec-fetch-site': '', origin: 'https://registrar.example' }],
    [{ ...web, origin: 'null' }],
    [{ ...web, origin: 'https://registrar.example.evil.example' }],
    [{ ...web, origin: 'http://registrar.example' }],
    [{ ...web, origin: 'https://registrar.example:8443' }],
    [{ ...web, origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }],
  ])('is not told by %j', (headers) => expect(isFromOwnPage(headers, ours)).toBe(false));

  it('on loopback is one of the instance that was asked', () => {
    const local = 'http://127.0.0.1:3000/reset-password';
    const asked = (host: string, origin: string) =>
      isFromOwnPage({ 'x-registrar-web': '1', host, origin }, local);
    expect(asked('127.0.0.1:3000', 'http://127.0.0.1:3000')).toBe(true);
    expect(asked('localhost:3107', 'http://localhost:3107')).toBe(true);
    expect(asked('127.0.0.1:3000', 'http://127.0.0.1:3001')).toBe(false);
    // A name that somebody points at this machine.
    expect(asked('evil.example:3000', 'http://evil.example:3000')).toBe(false);
  });
});

describe('plain http on loopback', () => {
  it.each([
    ['http://127.0.0.1:3000/reset-password', true],
    ['http://localhost', true],
    ['http://[::1]:3000', true],
    ['https://127.0.0.1:3000', false],
    ['http://registrar.example', false],
    ['http://127.0.0.1.evil.example', false],
  ])('%s: %s', (url, expected) => expect(isPlainLoopback(url)).toBe(expected));
});
