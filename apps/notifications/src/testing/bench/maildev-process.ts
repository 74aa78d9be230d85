import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@registrar/testing';

/** What is counted of the mails that MailDev has. */
export interface MailCount {
  mails: number;
  /** Different Message-IDs. */
  distinct: number;
}

/** A MailDev of one's own, so that nobody else's mails are counted. */
export class MailDevProcess {
  readonly smtpUrl: string;
  private readonly pageUrl: string;
  private readonly child: ChildProcess;
  private readonly directory: string;

  private constructor(child: ChildProcess, ports: { smtp: number; page: number }, directory: string) {
    this.child = child;
    this.smtpUrl = `smtp://127.0.0.1:${ports.smtp}`;
    this.pageUrl = `http://127.0.0.1:${ports.page}`;
    this.directory = directory;
  }

  static async start(): Promise<MailDevProcess> {
    const directory = await mkdtemp(join(tmpdir(), 'bench-mail-'));
    const ports = { smtp: await freePort(), page: await freePort() };
    const program = fileURLToPath(new URL('../../../../../node_modules/.bin/maildev', import.meta.url));
    const where = [
      '--smtp',
      `${ports.smtp}`,
      '--ip',
      '127.0.0.1',
      '--web',
      `${ports.page}`,
      '--web-ip',
      '127.0.0.1',
    ];
    const limits = ['--hide-extensions', 'STARTTLS', '--max-emails', '5000', '--mail-directory', directory];
    const child = spawn(process.execPath, [program, ...where, ...limits], { stdio: 'ignore' });
    const maildev = new MailDevProcess(child, ports, directory);
    await maildev.up();
    return maildev;
  }

  async count(): Promise<MailCount> {
    const mails = (await (await fetch(`${this.pageUrl}/api/email`)).json()) as {
      headers: Record<string, string>;
    }[];
    return { mails: mails.length, distinct: new Set(mails.map(({ headers }) => headers['message-id'])).size };
  }

  async clear(): Promise<void> {
    await fetch(`${this.pageUrl}/api/email/all`, { method: 'DELETE' });
  }

  async end(): Promise<void> {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
    await rm(this.directory, { recursive: true, force: true });
  }

  private async up(): Promise<void> {
    for (const end = Date.now() + 30_000; Date.now() < end; await delay(50)) {
      if (
        await this.count().then(
          () => true,
          () => false,
        )
      )
        return;
    }
    throw new Error('MailDev does not answer');
  }
}
