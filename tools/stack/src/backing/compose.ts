import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Run } from '../process/run.ts';
import { messageOf, StackFault } from '../stack-fault.ts';
import { workspaceRoot } from '../workspace.ts';
import type { BackingPorts, PartName } from './part.ts';

/** The services of docker-compose.yml by part. */
export const composeServices: Record<PartName, string> = {
  redis: 'redis',
  kafka: 'kafka',
  dynamodb: 'dynamodb',
  mail: 'maildev',
};

/** A command line of `docker`, with what it needs in the environment. */
export interface DockerCommand {
  readonly command: 'docker';
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The name under which Docker keeps a stack: one for each checkout and name. */
export function composeProject(directory: string): string {
  const place = createHash('sha256').update(directory).digest('hex').slice(0, 8);
  return `registrar-${basename(directory).toLowerCase()}-${place}`;
}

function docker(directory: string, env: Record<string, string>, args: readonly string[]): DockerCommand {
  const project = [
    'compose',
    '-f',
    join(workspaceRoot, 'docker-compose.yml'),
    '-p',
    composeProject(directory),
  ];
  return { command: 'docker', args: [...project, ...args], env };
}

/** Brings parts up, on those ports, and waits until they are healthy. */
export function upCommand(run: Run, parts: readonly PartName[], ports: BackingPorts): DockerCommand {
  const env = {
    REDIS_PORT: String(ports.redis),
    KAFKA_PORT: String(ports.kafka),
    DYNAMODB_PORT: String(ports.dynamodb),
    SMTP_PORT: String(ports.smtp),
    MAIL_PAGE_PORT: String(ports.mailPage),
  };
  const services = parts.map((part) => composeServices[part]);
  return docker(run.directory, env, ['up', '--detach', '--wait', '--wait-timeout', '120', ...services]);
}

/** Takes a stack down; its volumes stay when `keepsData`. */
export function downCommand(directory: string, keepsData: boolean): DockerCommand {
  return docker(directory, {}, ['down', '--timeout', '10', ...(keepsData ? [] : ['--volumes'])]);
}

/** Freezes the processes of a part, or lets them go on. */
export function freezeCommand(directory: string, part: PartName, frozen: boolean): DockerCommand {
  return docker(directory, {}, [frozen ? 'pause' : 'unpause', composeServices[part]]);
}

/** Runs a command of Docker; a failure is a StackFault with the last line that Docker wrote. */
export async function runDocker({ command, args, env }: DockerCommand): Promise<void> {
  try {
    await promisify(execFile)(command, args, { env: { ...process.env, ...env }, maxBuffer: 1 << 24 });
  } catch (error) {
    const lastLine = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? messageOf(error);
    throw new StackFault(`docker ${args.join(' ')} failed: ${lastLine}`);
  }
}
