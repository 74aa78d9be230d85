import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(import.meta.url);

/** The root of the checkout: this file is tools/bench/src (or dist)/script-path. */
export const workspaceRoot: string = dirname(dirname(dirname(dirname(own))));

/** The folder of this project. */
export const projectRoot: string = dirname(dirname(own));

/** The path of a script of this project, source or built, as the running one is: `scriptPath('load/generator')`. */
export function scriptPath(name: string): string {
  return join(dirname(own), `${name}${extname(own)}`);
}
