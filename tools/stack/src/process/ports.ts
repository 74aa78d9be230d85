import { createServer } from 'node:net';
import type { Server } from 'node:net';

const host = '127.0.0.1';

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(undefined) : reject(error),
    );
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Whether a process may listen on that port of the loopback interface now. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = await listen(port);
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
    const server = (await listen(wishes[name])) ?? (await listen(0));
    if (server === undefined) throw new Error('The system has no free port left.');
    servers.push(server);
    ports[name] = (server.address() as { port: number }).port;
  }
  await Promise.all(servers.map(close));
  return ports;
}
