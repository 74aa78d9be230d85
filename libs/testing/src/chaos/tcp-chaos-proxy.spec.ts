import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TcpChaosProxy } from './tcp-chaos-proxy.ts';

describe('TcpChaosProxy', () => {
  let server: Server;
  let proxy: TcpChaosProxy;
  let received: string;

  beforeEach(async () => {
    received = '';
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        received += chunk.toString();
        socket.write(`<${chunk.toString()}>`);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await TcpChaosProxy.start(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  });

  afterEach(async () => {
    await proxy.stop();
    server.close();
  });

  async function client(): Promise<{ socket: Socket; answered: () => string }> {
    let answered = '';
    const socket = connect(proxy.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => (answered += chunk.toString()));
    await once(socket, 'connect');
    return { socket, answered: () => answered };
  }

  it('passes bytes both ways, and counts connections and chunks', async () => {
    const { socket, answered } = await client();
    socket.write('a');
    await vi.waitFor(() => expect(answered()).toBe('<a>'));
    expect([proxy.accepted, proxy.chunks, proxy.open]).toEqual([1, 1, 1]);
    socket.destroy();
    await vi.waitFor(() => expect(proxy.open).toBe(0));
  });

  it('holds requests in a hole, and delivers them when passing again', async () => {
    const { socket, answered } = await client();
    proxy.hole();
    socket.write('a');
    await vi.waitFor(() => expect(proxy.chunks).toBe(1));
    expect([received, answered()]).toEqual(['', '']);
    await proxy.pass();
    await vi.waitFor(() => expect(answered()).toBe('<a>'));
  });

  it('lets requests through and no answer when mute', async () => {
    const { socket, answered } = await client();
    proxy.mute();
    socket.write('a');
    await vi.waitFor(() => expect(received).toBe('a'));
    expect(answered()).toBe('');
    await proxy.pass();
    await vi.waitFor(() => expect(answered()).toBe('<a>'));
  });

  it('keeps the order of answers when a delay ends', async () => {
    const { socket, answered } = await client();
    await proxy.pass(40);
    socket.write('a');
    await vi.waitFor(() => expect(received).toBe('a'));
    await proxy.pass(0);
    socket.write('b');
    await vi.waitFor(() => expect(answered()).toBe('<a><b>'));
  });

  it('refuses and cuts, and accepts again on the same port', async () => {
    const { socket } = await client();
    const closed = once(socket, 'close');
    await proxy.refuse();
    await closed;
    const refused = connect(proxy.port, '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    await proxy.pass();
    const again = await client();
    again.socket.write('c');
    await vi.waitFor(() => expect(again.answered()).toBe('<c>'));
    again.socket.destroy();
  });
});
