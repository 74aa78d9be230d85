import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '@registrar/testing';

/** The built app in a process of its own. */
export class ServiceProcess {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  /** Starts `program`; does not wait until it is ready. */
  static async start(program: string, environment: Record<string, string>): Promise<ServiceProcess> {
    const env = {
      PATH: process.env['PATH'] ?? '',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      ...environment,
      PORT: String(await freePort()),
      MANAGEMENT_PORT: String(await freePort()),
    };
    return new ServiceProcess(
      spawn(process.execPath, [program], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
    );
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await once(this.child, 'exit');
  }
}
