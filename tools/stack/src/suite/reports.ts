import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../workspace.ts';
import type { VitestReport } from './results.ts';

const directory = join(workspaceRoot, 'test-results');

function reportFiles(): string[] {
  mkdirSync(directory, { recursive: true });
  return readdirSync(directory).filter((name) => name.endsWith('.json'));
}

/** Removes the reports of earlier runs. */
export function removeReports(): void {
  for (const name of reportFiles()) rmSync(join(directory, name));
}

/** The reports that the projects' tests have written, by the name of their file. */
export function readReports(): Map<string, VitestReport> {
  return new Map(
    reportFiles().map((name) => [
      name,
      JSON.parse(readFileSync(join(directory, name), 'utf8')) as VitestReport,
    ]),
  );
}
