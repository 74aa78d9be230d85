import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LocustRecord } from '../report/bench-record.ts';
import { projectRoot, workspaceRoot } from '../script-path.ts';

/** A run of Locust. */
export interface LocustRun {
  /** With the address, the tokens and the paths. */
  readonly file: string;
  readonly users: number;
  readonly seconds: number;
}

/** The output of Locust: its version and its statistics as CSV. */
export interface LocustOutput {
  readonly version: string;
  readonly csv: string;
}

const run = promisify(execFile);
const mostOutputBytes = 10_000_000;

/** Runs Locust for a while. @throws Error where it is not there or ended with another code than its own for failures */
export async function runLocust({ file, users, seconds }: LocustRun): Promise<LocustOutput> {
  const locust = process.env['LOCUST'] ?? 'locust';
  const { stdout } = await run(locust, ['--version']);
  const directory = mkdtempSync(join(tmpdir(), 'bench-locust-'));
  const args = [
    '-f',
    join(projectRoot, 'locustfile.py'),
    '--headless',
    '--only-summary',
    '--exit-code-on-error',
    '0',
  ];
  const load = ['-u', String(users), '-r', String(users), '-t', `${seconds}s`, '--reset-stats'];
  try {
    await run(locust, [...args, ...load, '--csv', join(directory, 'run')], {
      cwd: workspaceRoot,
      env: { ...process.env, BENCH_LOCUST_FILE: file },
      maxBuffer: mostOutputBytes,
    });
    return { version: stdout.trim(), csv: readFileSync(join(directory, 'run_stats.csv'), 'utf8') };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Reads the line of all requests together. @throws Error where there is none */
export function readLocust({ version, csv }: LocustOutput): Omit<LocustRecord, 'madeAt' | 'users'> {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const names = head.split(',');
  const cells = lines.map((line) => line.split(',')).find((each) => each[1] === 'Aggregated');
  if (cells === undefined) throw new Error('The statistics of Locust have no line for all requests.');
  const value = (name: string) => Number(cells[names.indexOf(name)]);
  return {
    version: /locust (\S+)/.exec(version)?.[1] ?? version,
    requests: value('Request Count'),
    failures: value('Failure Count'),
    averageMs: value('Average Response Time'),
    p50Ms: value('50%'),
    p95Ms: value('95%'),
    p99Ms: value('99%'),
    maxMs: value('Max Response Time'),
    requestsPerSecond: value('Requests/s'),
  };
}
