import { join } from 'node:path';
import type { Addresses } from './backing/part.ts';
import { localDirectory } from './workspace.ts';

/** Where `npm run stack -- up --name <name>` puts the addresses, in a form that a shell can read. */
export function addressFile(name: string): string {
  return join(localDirectory, `${name}-stack.env`);
}

/** Addresses as lines of `NAME=value`. */
export function environmentText(addresses: Addresses): string {
  return Object.entries(addresses)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
