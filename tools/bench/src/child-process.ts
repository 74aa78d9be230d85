import { fork } from 'node:child_process';
import type { ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scriptPath } from './script-path.ts';

/** A script of this project in a process of its own, which ends with this process. */
export interface ChildProcess {
  readonly pid: number;
  /** Sends a message and resolves with the reply. @throws Error where the process ends before it */
  sendMessage(message: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts a script: `startChild('load/generator')`. */
export async function startChild(script: string, options: ForkOptions = {}): Promise<ChildProcess> {
  const child = fork(scriptPath(script), [], options);
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    async sendMessage(message) {
      const replied = once(child, 'message').then(([reply]) => ({ reply: reply as unknown }));
      child.send(message);
      const answer = await Promise.race([replied, ended]);
      if ('reply' in answer) return answer.reply;
      throw new Error(`${script} ended before it answered.`);
    },
    async stop() {
      child.disconnect();
      await ended;
    },
  };
}

/** One of the bench's own servers. */
export interface ChildServer extends Omit<ChildProcess, 'sendMessage'> {
  readonly url: string;
}

/** Starts a script that calls `serveParent`. @throws Error where it ends before it listens */
export async function startChildServer(script: string, options: object): Promise<ChildServer> {
  const { pid, sendMessage, stop } = await startChild(script);
  const { port } = (await sendMessage(options)) as { port: number };
  return { url: `http://127.0.0.1:${port}`, pid, stop };
}

/** The other side of `startChildServer`: serves on a free port once the options arrive. */
export function serveParent<Options>(listenerOf: (options: Options) => RequestListener): void {
  process.once('message', (options: Options) => {
    const server = createServer({ keepAliveTimeout: 65_000 }, listenerOf(options));
    server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
  });
  process.on('disconnect', () => process.exit());
}
