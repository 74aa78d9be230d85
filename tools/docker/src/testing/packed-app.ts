import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { collectorFlags, pickPorts } from '@registrar/stack';
import { workspaceRoot } from '../workspace.ts';

const run = promisify(execFile);
const readyTimeoutMs = 30_000;

/** Packs and installs an app as the Dockerfile does. */
export async function packAndInstall(name: string, target: string): Promise<void> {
  await run('node', [join(workspaceRoot, 'tools/docker/src/pack-app.ts'), name, target]);
  const flags = ['--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['ci', ...flags], { cwd: target });
}

/** A packed app that runs in its own folder, without the right to write any file: its image is read-only. */
export class PackedApp {
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  static async start(directory: string, env: Record<string, string>): Promise<PackedApp> {
    const { port, managementPort } = await pickPorts({ port: 0, managementPort: 0 });
    const rights = ['--permission', '--allow-fs-read=*', '--allow-addons', '--allow-worker'];
    const child = spawn('node', [...rights, ...collectorFlags, 'main.js'], {
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(port),
        MANAGEMENT_PORT: String(managementPort),
        ...env,
      },
    });
    return new PackedApp(child, `http://127.0.0.1:${port}`);
  }

  /** Resolves once every dependency of the app is there; rejects with its output if it never is. */
  async ready(): Promise<void> {
    const untilMs = performance.now() + readyTimeoutMs;
    for (;;) {
      const status = await this.get('/health/ready').then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 200) return;
      if (this.child.exitCode !== null || performance.now() > untilMs) {
        throw new Error(`The app is not ready (last answer ${status}). It said:\n${this.output}`);
      }
      await delay(100);
    }
  }

  get(path: string): Promise<Response> {
    return fetch(`${this.url}${path}`);
  }

  /** Sends `signal` and gives the exit code, or the signal that ended it where it did not end by itself. */
  async end(signal: NodeJS.Signals): Promise<number | string | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const exit = once(this.child, 'exit') as Promise<[number | null, string | null]>;
    this.child.kill(signal);
    const [code, by] = await exit;
    return code ?? by;
  }
}
