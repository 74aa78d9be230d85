/** `node check-arrows.ts`, in an app: fails, naming them, where it has imports that run where none may. */
import { basename, join } from 'node:path';
import { strayArrows } from './arrows.ts';

const stray = await strayArrows(join(import.meta.dirname, '../../..'), basename(process.cwd()));
for (const line of stray) console.error(line);
if (stray.length > 0) process.exitCode = 1;
