import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { hashSync, verifySync } from '@node-rs/argon2';

/** One piece of work: a password to hash, or to compare with a hash. */
export interface HashingTask {
  id: number;
  password: string;
  /** The hash to compare with; without it a new one is made. */
  hash?: string;
}

/** What came of it. */
export interface HashingResult {
  id: number;
  hash?: string;
  matches?: boolean;
  error?: string;
}

/** OWASP's least for Argon2id, which is the library's default: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

function work({ id, password, hash }: HashingTask): HashingResult {
  try {
    if (hash === undefined) return { id, hash: hashSync(password, cost) };
    return { id, matches: verifySync(hash, password) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : 'unknown' };
  }
}

// On Linux a priority belongs to the thread: the threads that answer requests then run before hashing.
const { niceness } = workerData as { niceness: number };
if (process.platform === 'linux') setPriority(niceness);
parentPort?.on('message', (task: HashingTask) => parentPort?.postMessage(work(task)));
