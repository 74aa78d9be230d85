import { Injectable, Logger } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import type { ImportResult } from '@registrar/contracts-enrollments';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answered, IdempotentRequest } from '@registrar/idempotency';
import { newId, overloaded } from '@registrar/service';
import { UsersRepository } from '@registrar/users-projection';
import { actorOf } from '../enrollment/access.rules.ts';
import type { Actor } from '../enrollment/enrollment.types.ts';
import { DryRun } from './dry-run.ts';
import { ImportCommit } from './import-commit.ts';
import { readImport } from './import-lines.rules.ts';
import type { WantedLine } from './import-lines.rules.ts';
import { refusedLine, resultOf } from './line-verdict.ts';
import type { LineVerdict, PersonLine } from './line-verdict.ts';

/** Imports at a time on this instance: registrars are few, and each import keeps up to 1,000 requests under way. */
const maxImports = 2;

/** How the lines of a file are decided. */
type Decider = (lines: PersonLine[], actor: Actor) => Promise<LineVerdict[]>;

/**
 * Enrolls the students of a file, each line with a verdict of its own.
 *
 * Guarantee: a file that is refused (422) has changed nothing. A file sent again changes nothing a second time,
 * with or without a key. Failure: 503 `overloaded` before anything is done where too many run here; 503 or 504
 * when the store or the gateway does not answer: lines may stand then, and sending the file again continues.
 */
@Injectable()
export class ImportService {
  private readonly audit = new Logger('Audit');
  private running = 0;

  constructor(
    private readonly idempotent: IdempotentRequests,
    private readonly commits: ImportCommit,
    private readonly rehearsal: DryRun,
    private readonly users: UsersRepository,
  ) {}

  /** Enrolls. @param request undefined where no key was sent */
  async importFile(
    user: Identity,
    file: Uint8Array,
    request: IdempotentRequest | undefined,
  ): Promise<Answered<ImportResult>> {
    const importId = request?.id ?? newId('imp');
    const answer = await this.idempotent.runOnce(request, async () => {
      const body = await this.decide(user, file, (lines, actor) =>
        this.commits.enrollLines(importId, lines, actor),
      );
      const { enrolled, waitlisted, refused } = body;
      const counts = { enrolled, waitlisted, refused: refused.length };
      this.audit.log({ actorId: user.id, action: 'import', importId, ...counts }, 'registrar write');
      return { status: 200, body };
    });
    return answer as Answered<ImportResult>;
  }

  /** Says what the file would come to. */
  dryRun(user: Identity, file: Uint8Array): Promise<ImportResult> {
    return this.decide(user, file, (lines, actor) => this.rehearsal.judgeLines(lines, actor));
  }

  private async decide(user: Identity, file: Uint8Array, decider: Decider): Promise<ImportResult> {
    if (this.running >= maxImports) throw overloaded(5);
    this.running += 1;
    try {
      const { wanted, invalid } = readImport(file);
      const { known, unknown } = await this.named(wanted);
      const decided = await decider(known, actorOf(user, ''));
      const unread = invalid.map(({ line, detail }) => refusedLine(line, 'invalid_line', detail));
      return resultOf([...unread, ...unknown, ...decided]);
    } finally {
      this.running -= 1;
    }
  }

  private async named(
    lines: readonly WantedLine[],
  ): Promise<{ known: PersonLine[]; unknown: LineVerdict[] }> {
    const users = await this.users.byEmails(lines.map(({ email }) => email));
    const known: PersonLine[] = [];
    const unknown: LineVerdict[] = [];
    for (const line of lines) {
      const user = users.get(line.email);
      if (user) known.push({ ...line, userId: user.id });
      else
        unknown.push(refusedLine(line.line, 'user_not_found', `Nobody has the mail address ${line.email}.`));
    }
    return { known, unknown };
  }
}
