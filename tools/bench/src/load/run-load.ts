import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '@registrar/testing/random';
import type { Answer } from './answer-parser.ts';
import type { ConnectionEvents, Sending } from './connection.ts';
import { Connection } from './connection.ts';
import { Latencies } from './latencies.ts';
import type { LoadJob, LoadResult } from './load-job.ts';
import type { WireRequest } from './request-source.ts';
import { drawFrom, wireRequest } from './request-source.ts';
import { Tally } from './tally.ts';
import { Timetable } from './timetable.ts';

const checkEveryMs = 250;
const openWithinMs = 10_000;

/**
 * Runs a job of every kind but `saturation` on connections of its own.
 *
 * Latency counts from the moment a request is sent; where its connection was still busy, from the moment it was
 * due. How late the generator's own timer was is counted apart (`lateness`).
 */
export class LoadRun implements ConnectionEvents {
  private readonly job: LoadJob;
  private readonly tally = new Tally();
  private readonly lateness = new Latencies();
  private readonly connections: Connection[];
  private readonly draw: () => WireRequest | undefined;
  private readonly list: readonly WireRequest[];
  private openings = 0;
  private sent = 0;
  private waited = 0;
  private startedAtMs = 0;
  private lastAnswerMs = 0;
  private isSending = false;

  constructor(job: LoadJob) {
    this.job = job;
    const { hostname, port, host } = new URL(job.url);
    const shares = job.shares.map(({ weight, requests }) => ({
      weight,
      requests: requests.map((request) => wireRequest(request, host)),
    }));
    const isListed = job.inOrder === true || job.kind === 'list' || job.kind === 'burst';
    this.list = shares[0]?.requests ?? [];
    this.draw = isListed ? () => this.list[this.sent] : drawFrom(shares, seededRandom(job.seed));
    const address = { host: hostname, port: Number(port) };
    this.connections = Array.from(
      { length: job.connections },
      () => new Connection(address, job.timeoutMs, this),
    );
  }

  /** Opens the connections, sends, and waits for the answers. @throws Error where a connection cannot be opened */
  async runJob(): Promise<LoadResult> {
    await this.untilOpen();
    const cpuBefore = process.cpuUsage();
    this.startedAtMs = performance.now();
    this.isSending = true;
    const checking = setInterval(() => this.check(), checkEveryMs);
    if (this.job.kind === 'paced') await this.sendOnTimetable();
    else await this.keepBusy();
    this.isSending = false;
    const untilMs = performance.now() + this.job.timeoutMs;
    while (performance.now() < untilMs && this.pending().length > 0) await delay(5);
    clearInterval(checking);
    const cpu = process.cpuUsage(cpuBefore);
    const unanswered = this.pending().length;
    for (const connection of this.connections) connection.close();
    return this.result(unanswered, (cpu.user + cpu.system) / 1_000_000);
  }

  private async untilOpen(): Promise<void> {
    const untilMs = performance.now() + openWithinMs;
    while (this.openings < this.connections.length) {
      if (performance.now() > untilMs)
        throw new Error(`${this.job.url} does not take ${this.job.connections} connections.`);
      await delay(2);
    }
  }

  private async sendOnTimetable(): Promise<void> {
    const { ratePerSecond = 1, seconds = 1, connections, seed } = this.job;
    const timetable = new Timetable(ratePerSecond, connections, seededRandom(seed + 1));
    const endMs = seconds * 1_000;
    let due = timetable.next();
    for (;;) {
      const nowMs = performance.now() - this.startedAtMs;
      while (due.atMs <= nowMs && due.atMs < endMs) {
        if (!this.depart(due.connection, due.atMs, nowMs)) return;
        due = timetable.next();
      }
      if (due.atMs >= endMs) return;
      await delay(Math.max(1, Math.floor(due.atMs - nowMs)));
    }
  }

  /** Sends one that is due; false where nothing is left to send. */
  private depart(index: number, dueMs: number, nowMs: number): boolean {
    const connection = this.connections[index];
    const request = this.draw();
    if (connection === undefined || request === undefined) return false;
    this.lateness.addLatency(nowMs - dueMs);
    const isBusy = connection.isBusy;
    if (isBusy) this.waited += 1;
    this.sent += 1;
    connection.sendRequest({ ...request, sinceMs: this.startedAtMs + (isBusy ? dueMs : nowMs) });
    return true;
  }

  private async keepBusy(): Promise<void> {
    for (const connection of this.connections) this.sendNext(connection);
    const { kind, seconds = 1 } = this.job;
    if (kind === 'closed') return delay(seconds * 1_000);
    while (this.sent < this.list.length || this.pending().length > 0) await delay(1);
  }

  private sendNext(connection: Connection): void {
    const request = this.isSending ? this.draw() : undefined;
    if (request === undefined) return;
    this.sent += 1;
    connection.sendRequest({ ...request, sinceMs: performance.now() });
  }

  /** @internal */
  opened(): void {
    this.openings += 1;
  }

  /** @internal */
  answered(connection: Connection, sending: Sending, answer: Answer): void {
    const nowMs = performance.now();
    this.lastAnswerMs = nowMs;
    const times = { atMs: nowMs - this.startedAtMs, latencyMs: nowMs - sending.sinceMs };
    this.tally.answer(sending.endpoint, answer, times);
    if (this.job.kind !== 'paced') this.sendNext(connection);
  }

  /** @internal */
  failed(connection: Connection, sending: Sending, reason: string): void {
    this.tally.fault(sending.endpoint, reason, performance.now() - this.startedAtMs);
    if (this.job.kind !== 'paced') this.sendNext(connection);
  }

  private check(): void {
    const nowMs = performance.now();
    for (const connection of this.connections) connection.check(nowMs);
  }

  private pending(): Sending[] {
    return this.connections.flatMap(({ pending }) => pending);
  }

  private result(unanswered: number, cpuSeconds: number): LoadResult {
    const tally = this.tally;
    const lastMs = this.lastAnswerMs === 0 ? performance.now() : this.lastAnswerMs;
    const seconds = Math.max(0.001, (lastMs - this.startedAtMs) / 1_000);
    return {
      kind: this.job.kind,
      connections: this.job.connections,
      seconds,
      sent: this.sent,
      answered: tally.answered,
      failed: tally.failed,
      unanswered,
      ratePerSecond: tally.answered / seconds,
      latency: tally.latency(),
      waited: this.waited,
      lateness: this.lateness.summary(),
      endpoints: tally.endpoints(),
      timeline: tally.timeline(),
      bytes: tally.bytes,
      reconnects: this.openings - this.connections.length,
      cpuSeconds,
    };
  }
}
