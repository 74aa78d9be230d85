import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what Linux (from 32768) gives to outgoing connections: none takes the port before its owner listens. */
const range = { from: 20_000, to: 32_768 } as const;
const attempts = 200;

/**
 * A port of loopback that was free a moment ago, and that no outgoing connection will be given.
 *
 * @throws Error when all that were drawn are taken
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(range.from, range.to);
    const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
    try {
      await once(server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') continue;
      throw error;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error(`No port from ${range.from} to ${range.to - 1} is free.`);
}
