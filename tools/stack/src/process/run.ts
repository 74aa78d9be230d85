import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { localDirectory } from '../workspace.ts';

/** The environment variable that every process of a stack carries; its value says which run it belongs to. */
export const runMarkVariable = 'REGISTRAR_RUN';

/** One run of a stack: its name, its folder under `.local`, and the mark that its processes carry. */
export interface Run {
  readonly name: string;
  readonly directory: string;
  readonly mark: string;
}

/** A new run of the stack of that name. Two runs of one name share the folder, and never the mark. */
export function newRun(name: string): Run {
  const directory = join(localDirectory, name);
  return { name, directory, mark: `${directory}#${randomBytes(6).toString('hex')}` };
}

/** The folder that a mark belongs to. */
export function directoryOfMark(mark: string): string {
  return mark.slice(0, mark.lastIndexOf('#'));
}
