import { randomInt } from 'node:crypto';
import getPort, { clearLockedPorts } from 'get-port';

const host = '127.0.0.1';

/**
 * Below the ports that Linux (from 32768) and macOS (from 49152) give to outgoing connections: one of those may be
 * taken by any connection between its choice and the start of who shall listen there.
 */
const range = { from: 20_000, to: 32_768 } as const;
const attempts = 200;

/** Whether a process may listen on that port of the loopback interface now. */
export async function isPortFree(port: number): Promise<boolean> {
  const found = await getPort({ host, port });
  clearLockedPorts();
  return found === port;
}

/** A port for each wish, all different: the wished one if it is free, else (or for 0) any free one. */
export async function pickPorts<Name extends string>(
  wishes: Record<Name, number>,
): Promise<Record<Name, number>> {
  const ports = { ...wishes };
  for (const name of Object.keys(wishes) as Name[]) {
    const wished = wishes[name] === 0 ? [] : [wishes[name]];
    const others = Array.from({ length: attempts }, () => randomInt(range.from, range.to));
    // What was found is locked, so it is not found for another wish.
    ports[name] = await getPort({ host, port: [...wished, ...others] });
  }
  clearLockedPorts();
  return ports;
}
