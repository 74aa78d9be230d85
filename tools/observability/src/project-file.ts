import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The text of a file of this project, by its path from the project's folder. */
export function projectFile(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
}
