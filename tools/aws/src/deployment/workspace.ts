import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this project: this file is src (or dist)/deployment/workspace. */
export const projectRoot: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The root of the checkout. */
export const workspaceRoot: string = dirname(dirname(projectRoot));
