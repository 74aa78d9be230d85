import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { overloaded } from '@registrar/service';
import type { HashingResult, HashingTask } from './hashing.worker.ts';

/** Below everything else that runs here: signing in may take longer, reading must not. */
const niceness = 19;
/** Tasks that may wait for a thread. */
const queueLength = 100;

interface Waiting {
  task: HashingTask;
  resolve: (result: HashingResult) => void;
  reject: (error: Error) => void;
}

interface Thread {
  worker: Worker;
  current: Waiting | undefined;
}

/**
 * Argon2id on threads of their own, half as many as there are cores, of low priority.
 *
 * Guarantee: the event loop never hashes, and a flood of sign-ins cannot take more than those threads.
 * Failure: Problem 503 `overloaded` when 100 tasks wait already; a thread that dies is replaced and its task
 * rejected.
 */
@Injectable()
export class PasswordHasher implements OnApplicationShutdown {
  private readonly logger = new Logger(PasswordHasher.name);
  private readonly threads: Thread[] = [];
  private readonly queue: Waiting[] = [];
  private readonly size = Math.max(1, Math.floor(availableParallelism() / 2));
  private nextId = 0;
  private stopped = false;
  private decoyHash: string | undefined;

  /** Tasks that wait or run. */
  get pending(): number {
    return this.queue.length + this.threads.filter(({ current }) => current).length;
  }

  /** Throws Problem 503 when another task would not be taken: to be asked before any work is done. */
  admit(): void {
    if (this.queue.length >= queueLength) throw overloaded();
  }

  /** The hash to keep, in PHC format. */
  async hash(password: string): Promise<string> {
    const { hash } = await this.run({ password });
    return hash ?? '';
  }

  /** Whether `password` is the one of `hash`; with no hash it takes as long, and is false. */
  async matches(hash: string | undefined, password: string): Promise<boolean> {
    this.admit();
    const { matches } = await this.run({ password, hash: hash ?? (await this.warm()) });
    return hash !== undefined && matches === true;
  }

  /** Starts the threads, so that the first who signs in does not wait for them. */
  async warm(): Promise<string> {
    this.decoyHash ??= await this.hash('nobody has this password');
    return this.decoyHash;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const { reject } of this.queue.splice(0)) reject(new Error('The service stops.'));
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private run(work: Omit<HashingTask, 'id'>): Promise<HashingResult> {
    this.admit();
    return new Promise((resolve, reject) => {
      this.queue.push({ task: { ...work, id: this.nextId++ }, resolve, reject });
      if (this.threads.length < this.size && this.threads.every(({ current }) => current)) this.addThread();
      this.dispatch();
    });
  }

  private dispatch(): void {
    for (const thread of this.threads) {
      if (thread.current) continue;
      thread.current = this.queue.shift();
      if (!thread.current) return;
      thread.worker.postMessage(thread.current.task);
    }
  }

  private addThread(): void {
    const file = import.meta.url.endsWith('.ts') ? './hashing.worker.ts' : './hashing.worker.js';
    const worker = new Worker(new URL(file, import.meta.url), { workerData: { niceness } });
    const thread: Thread = { worker, current: undefined };
    worker.unref();
    worker.on('message', (result: HashingResult) => this.done(thread, result));
    worker.on('error', (error) =>
      this.logger.error({ err: error }, 'a hashing thread failed', PasswordHasher.name),
    );
    worker.on('exit', () => this.replace(thread));
    this.threads.push(thread);
  }

  private done(thread: Thread, result: HashingResult): void {
    const { current } = thread;
    thread.current = undefined;
    if (result.error === undefined) current?.resolve(result);
    else current?.reject(new Error(`A password could not be hashed: ${result.error}`));
    this.dispatch();
  }

  private replace(thread: Thread): void {
    this.threads.splice(this.threads.indexOf(thread), 1);
    thread.current?.reject(new Error('The hashing thread ended.'));
    if (this.stopped || this.queue.length === 0) return;
    this.addThread();
    this.dispatch();
  }
}
