import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '../script-path.ts';

/** Where and with what a run was made. */
export interface MachineRecord {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  /** Load of the last minute when the run began: other work on the machine. */
  readonly loadAverage: number;
  readonly node: string;
  /** Revision of the checkout, `+` where it had changes. */
  readonly revision: string;
  readonly versions: Readonly<Record<string, string>>;
}

const reportedPackages = [
  'autocannon',
  '@nestjs/core',
  'fastify',
  'undici',
  'ioredis',
  'kafkajs',
  '@aws-sdk/client-dynamodb',
];
const bytesPerGigabyte = 1_073_741_824;

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, {
      cwd: workspaceRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return ''; // no git, or no checkout: a downloaded archive
  }
}

function versionOf(name: string): string {
  const places = ['node_modules', 'apps/gateway/node_modules', 'tools/bench/node_modules'];
  const files = places.map((place) => join(workspaceRoot, place, name, 'package.json'));
  const file = files.find(existsSync);
  return file === undefined
    ? 'unknown'
    : (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** The record of this machine. */
export function machineRecord(): MachineRecord {
  const revision = git('rev-parse', '--short', 'HEAD');
  const changes = git('status', '--porcelain', '--untracked-files=no');
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / bytesPerGigabyte),
    system: `${type()} ${release()} ${arch()}`,
    loadAverage: loadavg()[0] ?? 0,
    node: process.version,
    revision: changes === '' ? revision : `${revision}+`,
    versions: Object.fromEntries(reportedPackages.map((name) => [name, versionOf(name)])),
  };
}
