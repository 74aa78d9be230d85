import { Injectable } from '@nestjs/common';
import { Auditor } from '@registrar/audit';
import type { Identity } from '@registrar/auth';
import type { ImportResult } from '@registrar/contracts-enrollments';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answered, IdempotentRequest } from '@registrar/idempotency';
import { ImportSlots, newId } from '@registrar/service';
import { actorOf } from '../enrollment/access.rules.ts';
import type { Actor } from '../enrollment/enrollment.types.ts';
import { DryRun } from './dry-run.ts';
import { ImportCommit } from './import-commit.ts';
import { LinePeople } from '../record-import/line-people.ts';
import { readLines } from '../record-import/read-lines.ts';
import { enrollmentLines } from './import-lines.rules.ts';
import { refusedLine, resultOf } from './line-verdict.ts';
import type { LineVerdict, PersonLine } from './line-verdict.ts';

/** How the lines of a file are decided. */
type Decider = (lines: PersonLine[], actor: Actor) => Promise<LineVerdict[]>;

/**
 * Enrolls the students of a file, each line with a verdict of its own. Lines of one student whose sections are linked are
 * one change.
 *
 * Guarantee: a file that is refused (422) has changed nothing. A file sent again changes nothing a second time,
 * with or without a key. Failure: 503 `overloaded` before anything is done where too many run here; 503 or 504
 * when the store or the gateway does not answer: lines may stand then, and sending the file again continues.
 */
@Injectable()
export class ImportService {
  constructor(
    private readonly idempotent: IdempotentRequests,
    private readonly commits: ImportCommit,
    private readonly rehearsal: DryRun,
    private readonly people: LinePeople,
    private readonly slots: ImportSlots,
    private readonly auditor: Auditor,
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
      await this.auditor.record({
        actor: user,
        action: 'enrollments_imported',
        resource: `import:${importId}`,
        after: { enrolled, waitlisted, refused: refused.length },
      });
      return { status: 200, body };
    });
    return answer as Answered<ImportResult>;
  }

  /** Says what the file would come to. */
  dryRun(user: Identity, file: Uint8Array): Promise<ImportResult> {
    return this.decide(user, file, (lines, actor) => this.rehearsal.judgeLines(lines, actor));
  }

  private decide(user: Identity, file: Uint8Array, decider: Decider): Promise<ImportResult> {
    return this.slots.occupy(async () => {
      const { lines, refused: unread } = readLines(file, enrollmentLines);
      const { known, refused: unknown } = await this.people.find(lines);
      const wanted = known.map(({ line, userId, fields }) => ({ line, userId, ...fields }));
      const decided = await decider(wanted, { ...actorOf(user, ''), inBulk: true });
      const refused = [...unread, ...unknown].map(({ line, code, detail }) =>
        refusedLine(line, code, detail),
      );
      return resultOf([...refused, ...decided]);
    });
  }
}
