import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { asDeployed, freePort } from '@registrar/testing';

/** A built app in a process of its own, as it runs in earnest. */
export class ServiceProcess {
  readonly url: string;
  private readonly managementUrl: string;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, port: number, managementPort: number) {
    this.child = child;
    this.url = `http://127.0.0.1:${port}`;
    this.managementUrl = `http://127.0.0.1:${managementPort}`;
  }

  /** Starts `program` and waits until it is ready, unless told not to. */
  static async start(
    program: string,
    environment: Record<string, string>,
    { waits = true } = {},
  ): Promise<ServiceProcess> {
    const [port, managementPort] = [await freePort(), await freePort()];
    const env = {
      PATH: process.env['PATH'] ?? '',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      ...environment,
      PORT: String(port),
      MANAGEMENT_PORT: String(managementPort),
    };
    const child = spawn(process.execPath, [...asDeployed, program], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const started = new ServiceProcess(child, port, managementPort);
    if (waits) await started.ready();
    return started;
  }

  async ready(): Promise<void> {
    for (const end = Date.now() + 60_000; Date.now() < end;) {
      if (this.child.exitCode !== null) throw new Error(`the service ended with ${this.child.exitCode}`);
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.status === 200) return;
      await delay(50);
    }
    throw new Error('the service is not ready after a minute');
  }

  async metrics(): Promise<string> {
    return (await fetch(`${this.managementUrl}/metrics`)).text();
  }

  /** Seconds of CPU that the process has used. */
  async cpuSeconds(): Promise<number> {
    return Number(/^process_cpu_seconds_total (\S+)$/m.exec(await this.metrics())?.[1]);
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await once(this.child, 'exit');
  }
}
