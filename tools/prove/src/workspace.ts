import { join } from 'node:path';

/** The root of the checkout; this file is one folder below a project of `tools`, as source and as built. */
export const workspaceRoot: string = join(import.meta.dirname, '..', '..', '..');
