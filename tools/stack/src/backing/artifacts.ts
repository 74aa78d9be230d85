import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf, StackFault } from '../stack-fault.ts';
import type { Terminal } from '../terminal.ts';
import { since } from '../terminal.ts';
import { localDirectory, mavenDirectory } from '../workspace.ts';

const run = promisify(execFile);

/** What Maven fetches: one profile of the Maven project each. */
export type Artifact = 'kafka' | 'dynamodb' | 'redis';

const goals: Record<Artifact, readonly string[]> = {
  kafka: ['dependency:copy-dependencies'],
  dynamodb: ['dependency:copy-dependencies'],
  // The jar holds the program for every system: only those are unpacked.
  redis: [
    'dependency:unpack-dependencies',
    '-Dmdep.unpack.includes=redis-server-*',
    '-DincludeArtifactIds=embedded-redis',
  ],
};

/** The folder of an artifact. Its name follows the Maven project, so that a changed pin is fetched again. */
function artifactDirectory(artifact: Artifact): string {
  const project = createHash('sha256').update(readFileSync(join(mavenDirectory, 'pom.xml')));
  return join(localDirectory, 'artifacts', project.digest('hex').slice(0, 12), artifact);
}

/** Whether an artifact was fetched before. */
export function isFetched(artifact: Artifact): boolean {
  return existsSync(artifactDirectory(artifact));
}

/** The fetch that runs: one after another, for Maven's own store is not made for two writers. */
let fetching: Promise<unknown> = Promise.resolve();

/** Fetches an artifact by Maven, which verifies the checksums; does nothing when it is there already. */
export async function fetchArtifact(artifact: Artifact, terminal: Terminal): Promise<string> {
  const directory = artifactDirectory(artifact);
  if (!existsSync(directory)) {
    const turn = fetching.then(() => fetchInto(directory, artifact, terminal));
    fetching = turn.catch(() => undefined); // each caller gets its own failure
    await turn;
  }
  return directory;
}

async function fetchInto(directory: string, artifact: Artifact, terminal: Terminal): Promise<void> {
  const startedAtMs = performance.now();
  terminal.info(`Fetching ${artifact} by Maven, once ...`);
  const partial = `${directory}.${process.pid}.partial`;
  mkdirSync(partial, { recursive: true });
  try {
    const options = [
      `-P${artifact}`,
      `-DoutputDirectory=${partial}`,
      `-DmarkersDirectory=${partial}/.markers`,
    ];
    await run('mvn', ['-q', '-B', '-C', '-f', mavenDirectory, ...options, ...goals[artifact]]);
    if (!existsSync(directory)) renameSync(partial, directory);
  } catch (error) {
    const output = (error as { stdout?: string }).stdout ?? '';
    const reason = /^\[ERROR\] (.*)$/m.exec(output)?.[1] ?? messageOf(error);
    throw new StackFault(`Maven could not fetch ${artifact}: ${reason}`);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  terminal.info(`Fetched ${artifact} ${since(startedAtMs)}`);
}
