import { fork } from 'node:child_process';
import { once } from 'node:events';
import { scriptPath } from './script-path.ts';

/** A small server of the bench in a process of its own; it ends with this process. */
export interface ChildServer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts one of the bench's own servers, hands it its options and waits for its port.
 *
 * @throws Error where it ends before it listens
 */
export async function startChildServer(script: string, options: object): Promise<ChildServer> {
  const child = fork(scriptPath(script), []);
  const gone = once(child, 'exit');
  child.send(options);
  const listening = once(child, 'message').then(([message]) => message as { port: number });
  const failed = gone.then(() => {
    throw new Error(`${script} ended before it listened.`);
  });
  const { port } = await Promise.race([listening, failed]);
  failed.catch(() => undefined); // it is listening: its end is no failure of the start any more
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async stop() {
      child.disconnect();
      await gone;
    },
  };
}
