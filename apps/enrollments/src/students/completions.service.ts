import { Injectable } from '@nestjs/common';
import { Auditor, changesOf } from '@registrar/audit';
import type { AuditEntry } from '@registrar/audit';
import type { Identity } from '@registrar/auth';
import type { NewCompletionRequest } from '@registrar/contracts-enrollments';
import { CursorCodec } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answered, IdempotentRequest } from '@registrar/idempotency';
import { Problem, newId, validationFailed } from '@registrar/service';
import { Campus } from '../enrollment/campus.ts';
import {
  maxCompletions,
  newestCompletionsFirst,
  sameCompletion,
} from '../enrollment/student-record/completions.rules.ts';
import type { Completion, StudentRecord } from '../enrollment/student-record/student-record.types.ts';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { requireGrades } from '../registration/grades.rules.ts';
import { StudentsService } from './students.service.ts';

/** Filter and page. */
interface PageQuery {
  limit: number;
  cursor?: string | undefined;
}

/**
 * Completed courses: read by the student and registrars, noted and removed by registrars. Those of enrollments are
 * changed by their grades.
 */
@Injectable()
export class CompletionsService {
  constructor(
    private readonly records: StudentRecords,
    private readonly students: StudentsService,
    private readonly idempotent: IdempotentRequests,
    private readonly cursors: CursorCodec,
    private readonly campus: Campus,
    private readonly deferred: DeferredWorkEvents,
    private readonly auditor: Auditor,
  ) {}

  /** @throws Problem 400 `invalid_cursor`, 404 `user_not_found`, 503 */
  async list(caller: Identity, userId: string, { limit, cursor }: PageQuery) {
    const asked = { list: 'completions', userId };
    const after = this.cursors.decode<Pick<Completion, 'id'>>(asked, cursor);
    await this.students.readable(caller, userId);
    const all = newestCompletionsFirst((await this.records.read(userId)).completions);
    // One that was removed in between: the list begins again, as nothing says where it stood.
    const begin = after ? all.findIndex(({ id }) => id === after.id) + 1 : 0;
    const items = all.slice(begin, begin + limit);
    const last = begin + limit < all.length ? items.at(-1) : undefined;
    return { items, nextCursor: last ? this.cursors.encode(asked, { id: last.id }) : null };
  }

  /** @throws Problem 404 `user_not_found`, 409 `completion_exists`, 422 for an unknown grade, 503 */
  async note(
    caller: Identity,
    userId: string,
    body: NewCompletionRequest,
    request: IdempotentRequest | undefined,
  ): Promise<Answered<Completion>> {
    requireGrades(this.campus.grades, [{ path: 'grade', grade: body.grade }]);
    await this.students.user(userId);
    return this.idempotent.runOnce(request, async (record) => {
      const completion = { id: newId('cmp'), ...body, source: 'registrar', enrollmentId: null } as const;
      const answer = { status: 201, body: completion };
      const recorded = this.entryOf(caller, userId, undefined, completion);
      await this.change(userId, (before) => ({
        record: withNoted(before, completion),
        actions: [recorded.action, ...record(answer)],
      }));
      recorded.publish();
      return answer;
    });
  }

  /** @throws Problem 404, 409 `completion_of_enrollment`, 503 */
  async remove(caller: Identity, userId: string, id: string): Promise<void> {
    await this.students.user(userId);
    let recorded: AuditEntry | undefined;
    await this.change(userId, (before) => {
      const record = without(before, id);
      const removed = before.completions.find((each) => each.id === id);
      recorded = this.entryOf(caller, userId, removed, undefined);
      return { record, actions: [recorded.action] };
    });
    recorded?.publish();
  }

  private entryOf(actor: Identity, userId: string, before?: Completion, after?: Completion): AuditEntry {
    return this.auditor.entry({
      actor,
      action: after ? 'completion_noted' : 'completion_removed',
      subjectId: userId,
      resource: `student:${userId}/completion:${(after ?? before)?.id ?? ''}`,
      ...changesOf(before, after),
    });
  }

  private async change(userId: string, decide: Parameters<StudentRecords['change']>[1]): Promise<void> {
    const { waits } = await this.records.change(userId, decide, { rejudges: true });
    for (const semesterId of waits) this.deferred.emit('scheduleLoosened', userId, semesterId);
  }
}

/** @throws Problem 409 `completion_exists`, 422 where there are too many */
function withNoted(record: StudentRecord, completion: Completion): StudentRecord {
  if (sameCompletion(record.completions, completion)) {
    const detail =
      'The student has a completion of this code and date already. Remove it first, or use the date of the other attempt.';
    throw new Problem(409, 'completion_exists', detail);
  }
  if (record.completions.length >= maxCompletions) {
    const message = `A student has at most ${maxCompletions} completions.`;
    throw validationFailed([{ path: '', code: 'too_long', message, params: { max: maxCompletions } }]);
  }
  return { ...record, completions: [...record.completions, completion] };
}

/** @throws Problem 404 `completion_not_found`, 409 `completion_of_enrollment` */
function without(record: StudentRecord, id: string): StudentRecord {
  const completion = record.completions.find((each) => each.id === id);
  if (!completion) throw new Problem(404, 'completion_not_found', 'The student has no such completion.');
  if (completion.source === 'enrollment') {
    const detail = 'This completion came from an enrollment: undo the completion of the enrollment instead.';
    throw new Problem(409, 'completion_of_enrollment', detail);
  }
  return { ...record, completions: record.completions.filter((each) => each !== completion) };
}
