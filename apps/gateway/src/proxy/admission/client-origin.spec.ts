import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ClientOrigin } from './client-origin.ts';

function request(socket: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress: socket }, headers } as IncomingMessage;
}

describe('where a request comes from', () => {
  const behind = new ClientOrigin({ TRUSTED_PROXIES: ['10.0.0.0/8'] });

  it('is the socket, whatever the client claims, where no proxy is trusted', () => {
    const origin = new ClientOrigin({ TRUSTED_PROXIES: undefined });
    expect(origin.of(request('203.0.113.1', '198.51.100.7'))).toBe('203.0.113.1');
  });

  it('is the socket where that is no trusted proxy', () => {
    expect(behind.of(request('203.0.113.1', '198.51.100.7'))).toBe('203.0.113.1');
  });

  it('is the nearest address that no trusted proxy has', () => {
    expect(behind.of(request('10.0.0.1', '198.51.100.7'))).toBe('198.51.100.7');
    expect(behind.of(request('10.0.0.1', '1.1.1.1, 198.51.100.7, 10.0.0.2'))).toBe('198.51.100.7');
  });

  it('is the nearest proxy where the header is absent or no list of addresses', () => {
    expect(behind.of(request('10.0.0.1'))).toBe('10.0.0.1');
    expect(behind.of(request('10.0.0.1', 'evil, 10.0.0.3'))).toBe('10.0.0.3');
    expect(behind.of(request('10.0.0.1', '<script>'))).toBe('10.0.0.1');
  });
});
