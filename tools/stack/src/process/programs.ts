import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The path of a program that may be run, looked for in the folders of PATH. */
export function findOnPath(program: string, path: string = process.env['PATH'] ?? ''): string | undefined {
  return path
    .split(delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => join(directory, program))
    .find((candidate) => {
      try {
        accessSync(candidate, constants.X_OK);
        return statSync(candidate).isFile();
      } catch {
        return false;
      }
    });
}

/** The major version in what `java -version` says: 17 for `openjdk version "17.0.15"`, 8 for `"1.8.0"`. */
export function javaMajor(versionText: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(versionText) ?? [];
  if (first === undefined) return undefined;
  return first === '1' && second !== undefined ? Number(second) : Number(first);
}

/** The major version of the Java on the PATH; undefined without one. */
export async function installedJava(): Promise<number | undefined> {
  try {
    const { stderr, stdout } = await run('java', ['-version'], { timeout: 10_000 });
    return javaMajor(`${stderr}\n${stdout}`);
  } catch {
    return undefined;
  }
}

/** Whether a Docker engine answers within `timeoutMs` and `docker compose` is there. */
export async function dockerAnswers(timeoutMs = 3_000): Promise<boolean> {
  try {
    await run('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: timeoutMs });
    await run('docker', ['compose', 'version'], { timeout: timeoutMs });
    return true;
  } catch {
    return false;
  }
}
