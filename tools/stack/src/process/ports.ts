import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Below the ports that Linux (from 32768) and macOS (from 49152) give to outgoing connections: one of those may be
 * taken by any connection between its choice and the start of who shall listen there.
 */
const range = { from: 20_000, to: 32_768 } as const;
const attempts = 200;

/** Listens on that port of loopback, and there alone; undefined when the port is taken or not allowed. */
async function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return undefined;
    throw error;
  }
}

/**
 * A server on a port of loopback that was free, to hold it until it is closed.
 *
 * @throws Error when 200 ports drawn at random are all taken
 */
async function listenAnywhere(): Promise<Server> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const server = await listenOn(randomInt(range.from, range.to));
    if (server) return server;
  }
  throw new Error(`No port from ${range.from} to ${range.to - 1} is free.`);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return address.port;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

/** Whether a process may listen on that port of the loopback interface now. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = await listenOn(port);
  if (server === undefined) return false;
  await close(server);
  return true;
}

/** A port for each wish, all different: the wished one if it is free, else (or for 0) any free one. */
export async function pickPorts<Name extends string>(
  wishes: Record<Name, number>,
): Promise<Record<Name, number>> {
  const ports = { ...wishes };
  const servers: Server[] = [];
  for (const name of Object.keys(wishes) as Name[]) {
    const wished = wishes[name] === 0 ? undefined : await listenOn(wishes[name]);
    const server = wished ?? (await listenAnywhere());
    servers.push(server);
    ports[name] = portOf(server);
  }
  await Promise.all(servers.map(close));
  return ports;
}
