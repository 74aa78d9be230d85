import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { asDeployed, freePort } from '@registrar/testing';
import { request } from 'undici';

const ticksPerSecond = 100;

/** A gateway in a process of its own, as it is deployed. */
export class GatewayProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Starts the built gateway with `env` and waits until it is ready. */
  static async start(env: Record<string, string>): Promise<GatewayProcess> {
    const [port, managementPort] = [await freePort(), await freePort()];
    const program = new URL('../../main.js', import.meta.url).pathname;
    const child = spawn(process.execPath, [...asDeployed, program], {
      env: { ...process.env, ...env, PORT: String(port), MANAGEMENT_PORT: String(managementPort) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const running = new GatewayProcess(child, `http://127.0.0.1:${port}`);
    await running.untilReady();
    return running;
  }

  /** CPU time of the process so far, ms. Linux only. */
  cpuMs(): number {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }

  private async untilReady(): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      try {
        const answer = await request(`${this.url}/health/ready`);
        await answer.body.dump();
        if (answer.statusCode === 200) return;
      } catch {
        // Not listening yet.
      }
      await delay(100);
    }
    throw new Error('The gateway did not become ready in a minute.');
  }
}
