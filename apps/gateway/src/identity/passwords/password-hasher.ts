import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { overloaded } from '@registrar/service';
import { FairQueue } from './fair-queue.ts';
import type { HashingResult, HashingTask } from './hashing.worker.ts';

/** Below everything else that runs here: signing in may take longer, reading must not. */
const niceness = 19;
/** Tasks of each queue that may wait for a thread. */
const queueLength = 100;
/** Pieces of work of one address group of strangers, or of one known account at an address, that may be under way, their reads included. */
const underWayPerGroup = 100;

/** Whose turn a task takes. */
export interface HashingTurn {
  /** `known` for those who have shown that they belong to an account: strangers cannot take their turns. */
  queue: 'known' | 'stranger';
  /** Who share their turns: an address group. */
  group: string;
  /** The account for which a known caller takes the turn: those of one group take its turns in turns. */
  account?: string | undefined;
}

/** For what the process does by itself. */
const ownTurn: HashingTurn = { queue: 'known', group: 'registrar' };

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
 * Guarantee: the event loop never hashes, and a flood of sign-ins cannot take more than those threads. The two
 * queues take turns, so do the address groups within a queue, and the accounts within a group of the known queue: a flood
 * of strangers, or of known callers at one address, does not keep out who is known at another.
 * Failure: Problem 503 `overloaded` when 100 tasks of the queue wait already and none of a greedier group can give
 * way, or to a task that did; a thread that dies is replaced and its task rejected.
 */
@Injectable()
export class PasswordHasher implements OnApplicationShutdown {
  private readonly logger = new Logger(PasswordHasher.name);
  private readonly threads: Thread[] = [];
  private readonly queues = {
    known: new FairQueue<Waiting>(queueLength),
    stranger: new FairQueue<Waiting>(queueLength),
  };
  private nextQueue: HashingTurn['queue'] = 'known';
  private readonly underWay = new Map<string, number>();
  private readonly size = Math.max(1, Math.floor(availableParallelism() / 2));
  private nextId = 0;
  private stopped = false;
  private decoyHash: string | undefined;

  /** Tasks that wait or run. */
  get pending(): number {
    return this.waiting + this.threads.filter(({ current }) => current).length;
  }

  /**
   * Runs work that is going to hash as one of its group, its reads and waits included.
   *
   * @throws Problem 503 at once where the group, or the account of it, has too much under way, or its task would not be taken
   */
  async within<T>({ queue, group, account }: HashingTurn, work: () => Promise<T>): Promise<T> {
    const key = `${queue} ${group} ${account}`;
    const count = this.underWay.get(key) ?? 0;
    if (count >= underWayPerGroup || this.queues[queue].refuses(group, account)) throw overloaded();
    this.underWay.set(key, count + 1);
    try {
      return await work();
    } finally {
      const left = (this.underWay.get(key) ?? 1) - 1;
      if (left > 0) this.underWay.set(key, left);
      else this.underWay.delete(key);
    }
  }

  /** The hash to keep, in PHC format. */
  async hash(password: string, turn = ownTurn): Promise<string> {
    const { hash } = await this.enqueueTask({ password }, turn);
    return hash ?? '';
  }

  /** Whether `password` is the one of `hash`; with no hash it takes as long, and is false. */
  async matches(hash: string | null | undefined, password: string, turn = ownTurn): Promise<boolean> {
    const { matches } = await this.enqueueTask({ password, hash: hash ?? (await this.warm()) }, turn);
    return typeof hash === 'string' && matches === true;
  }

  /** Starts the threads, so that the first who signs in does not wait for them. */
  async warm(): Promise<string> {
    this.decoyHash ??= await this.hash('nobody has this password');
    return this.decoyHash;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (let next = this.next(); next; next = this.next()) next.reject(new Error('The service stops.'));
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private get waiting(): number {
    return this.queues.known.length + this.queues.stranger.length;
  }

  private enqueueTask(
    work: Omit<HashingTask, 'id'>,
    { queue, group, account }: HashingTurn,
  ): Promise<HashingResult> {
    return new Promise((resolve, reject) => {
      const task = { ...work, id: this.nextId++ };
      this.queues[queue].push(group, { task, resolve, reject }, account)?.reject(overloaded());
      if (this.threads.length < this.size && this.threads.every(({ current }) => current)) this.addThread();
      this.dispatch();
    });
  }

  /** The queues take turns; one that is empty leaves its turn to the other. */
  private next(): Waiting | undefined {
    const queue = this.nextQueue;
    const other = queue === 'known' ? 'stranger' : 'known';
    this.nextQueue = other;
    return this.queues[queue].shift() ?? this.queues[other].shift();
  }

  private dispatch(): void {
    for (const thread of this.threads) {
      if (thread.current) continue;
      thread.current = this.next();
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
    worker.on('error', (error) => this.logger.error({ err: error }, 'a hashing thread failed'));
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
    if (this.stopped || this.waiting === 0) return;
    this.addThread();
    this.dispatch();
  }
}
