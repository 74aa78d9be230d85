import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import { exportReady } from '@registrar/contracts-gateway';
import { TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answer, Answered, IdempotentRequest, Recorder } from '@registrar/idempotency';
import { makeEvent, outboxEntry } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { PersonalDataRegistry } from '@registrar/privacy';
import { Problem, newId, overloaded, unauthorized } from '@registrar/service';
import { strToU8, zip } from 'fflate';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { AttemptRepository } from '../attempts/attempt.repository.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { exportFiles } from './export-files.rules.ts';
import { ExportsRepository } from './exports.repository.ts';
import type { Export } from './exports.repository.ts';
import { ServicesData } from './services-data.ts';

const dayMs = 24 * 60 * 60_000;
/** How long an export can be downloaded, ms. */
const exportLifeMs = 7 * dayMs;
/** Exports of one person within a day. */
const exportsADay = 5;
/** Downloads that an instance makes at a time: each holds all of a person in memory. */
const maxDownloads = 4;

/**
 * Everything of one person, for the person.
 *
 * Nothing is collected when an export is asked for: a download is made of what the services keep at that moment.
 * Guarantee: only its owner gets an export, and whole; export and the event that has them notified are one commit.
 * Failure: Problem 404 `export_not_found`, 429 `too_many_exports`, 503 and 504 while a service does not answer.
 */
@Injectable()
export class ExportService {
  private downloads = 0;

  constructor(
    private readonly exports: ExportsRepository,
    private readonly accounts: AccountRepository,
    private readonly attempts: AttemptRepository,
    private readonly ledger: AccountLedger,
    private readonly own: PersonalDataRegistry,
    private readonly services: ServicesData,
    private readonly audit: AuditLog,
    private readonly idempotent: IdempotentRequests,
  ) {}

  /** Has an export ready, and its owner notified; the same key again is the same export. */
  async begin(
    { id: userId }: Identity,
    request: IdempotentRequest | undefined,
    address: string,
  ): Promise<Answered<{ id: string }>> {
    return this.idempotent.runOnce(request, (record) => this.beginOnce(userId, record, address));
  }

  private async beginOnce(
    userId: string,
    record: Recorder,
    address: string,
  ): Promise<Answer<{ id: string }>> {
    const count = await this.attempts.count('export', userId, this.attempts.now(), dayMs);
    if (count > exportsADay) throw tooManyExports();
    const now = this.attempts.now();
    const requestedAt = new Date(now).toISOString();
    const expiresAt = new Date(now + exportLifeMs).toISOString();
    const id = newId('exp');
    const answer = { status: 202, body: { id } };
    await this.keep({ id, userId, requestedAt, expiresAt }, record(answer));
    this.audit.record('export_requested', 'succeeded', { actorId: userId, target: userId, address });
    return answer;
  }

  /** Everything of the caller as a zip file. */
  async download({ id: userId }: Identity, id: string, address: string): Promise<Buffer> {
    const found = await this.exports.one(userId, id);
    if (!found) throw new Problem(404, 'export_not_found', 'You have no export with this id, or it is over.');
    if (this.downloads >= maxDownloads) throw overloaded(5);
    this.downloads += 1;
    try {
      const rows = { ...(await this.own.exported(userId)), ...(await this.services.of(userId)) };
      this.audit.record('export_downloaded', 'succeeded', { actorId: userId, target: userId, address });
      return await zipped(exportFiles(rows));
    } finally {
      this.downloads -= 1;
    }
  }

  private async keep(made: Export, kept: TransactAction[]): Promise<void> {
    const tryOnce = async () => {
      const account = await this.accounts.byId(made.userId);
      if (!account) throw unauthorized();
      await this.ledger.commit({
        actions: [this.accounts.nextEvent(account), this.exports.creation(made), ...kept],
        entries: [readyEntry(made, account.eventSequence + 1)],
      });
    };
    // Where the kept answer is there, another request with the key was first.
    await retryOnConflict(tryOnce, {
      isRetryable: (error) =>
        error instanceof TransactionCancelled && error.failedCondition(0) && !error.failedCondition(2),
    });
  }
}

/** The fact that an export can be downloaded. @param sequence the account's next, raised with it */
function readyEntry({ id: exportId, userId, requestedAt, expiresAt }: Export, sequence: number): OutboxEntry {
  const time = new Date(requestedAt);
  const data = { exportId, userId, expiresAt };
  const event = makeEvent(exportReady, { id: newId('evt'), subject: exportId, time, data });
  const { topic } = exportReady;
  return outboxEntry({ topic, key: userId, sequence, events: [event], now: time.getTime() });
}

function zipped(files: readonly { name: string; text: string }[]): Promise<Buffer> {
  const contents = Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)]));
  return new Promise((resolve, reject) => {
    zip(contents, (error, bytes) => (error ? reject(error) : resolve(Buffer.from(bytes))));
  });
}

function tooManyExports(): Problem {
  const detail = `You can ask for ${exportsADay} exports a day. Download one of those that you have, or wait.`;
  return new Problem(429, 'too_many_exports', detail, { headers: { 'retry-after': '3600' } });
}
