import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Auditor, changesOf, personalFields } from '@registrar/audit';
import type { AuditEntry } from '@registrar/audit';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CachedBody } from '@registrar/cache';
import type { PatchStudentRequest, Student } from '@registrar/contracts-enrollments';
import type { CachedAnswer } from '@registrar/endpoint';
import type { Answer } from '@registrar/idempotency';
import { requireMatch } from '@registrar/service';
import { UsersRepository } from '@registrar/users-projection';
import type { KnownUser } from '@registrar/users-projection';
import { Campus } from '../enrollment/campus.ts';
import type { StudentRecord } from '../enrollment/student-record/student-record.types.ts';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { studentAnswer, studentView, userNotFound } from './student-view.ts';

/** What an audit record does not say: the campus's own words for what a person is. */
const ownWords = [...personalFields, 'programs', 'groups'];

/**
 * Students' records: read by the student and registrars, changed by registrars.
 *
 * Guarantee: a change that is answered holds for the very next request, on every instance.
 */
@Injectable()
export class StudentsService {
  constructor(
    private readonly records: StudentRecords,
    private readonly users: UsersRepository,
    private readonly campus: Campus,
    private readonly deferred: DeferredWorkEvents,
    private readonly auditor: Auditor,
  ) {}

  /** @throws Problem 404 `user_not_found`, also where `caller` may not see the student; 503 */
  async one(caller: Identity, userId: string): Promise<CachedAnswer> {
    const user = await this.readable(caller, userId);
    const student = this.view(user, await this.records.read(user.id));
    return { body: CachedBody.of(JSON.stringify(student)), source: 'load', etagPrefix: student.version };
  }

  /** @throws Problem 404 `user_not_found`, 412, 428, 503 */
  async change(
    caller: Identity,
    userId: string,
    patch: PatchStudentRequest,
    ifMatch: string | undefined,
  ): Promise<Answer<Student>> {
    const user = await this.user(userId);
    let recorded: AuditEntry | undefined;
    const { record, waits } = await this.records.change(
      userId,
      (before) => {
        requireMatch(ifMatch, { thing: 'record', version: before.version });
        const after = recordAfter(before, patch);
        recorded = after && this.entryOf(caller, before, after);
        return { record: after, actions: recorded ? [recorded.action] : [] };
      },
      { rejudges: true },
    );
    recorded?.publish();
    for (const semesterId of waits) this.deferred.emit('scheduleLoosened', userId, semesterId);
    return studentAnswer(this.view(user, record));
  }

  /** The student, if `caller` may see the record: somebody else's is not there. @throws Problem 404 */
  async readable(caller: Identity, userId: string): Promise<KnownUser> {
    if (caller.id !== userId && !hasRole(caller, 'registrar')) throw userNotFound();
    return this.user(userId);
  }

  /** @throws Problem 404 */
  async user(userId: string): Promise<KnownUser> {
    const user = await this.users.byId(userId);
    if (!user) throw userNotFound();
    return user;
  }

  private entryOf(actor: Identity, before: StudentRecord, after: StudentRecord): AuditEntry {
    const { userId } = before;
    const changes = changesOf(setByStaff(before), setByStaff(after), { personal: ownWords });
    return this.auditor.entry({
      actor,
      action: 'student_changed',
      subjectId: userId,
      resource: `student:${userId}`,
      ...changes,
    });
  }

  private view(user: KnownUser, record: StudentRecord): Student {
    return studentView(user, record, this.campus.grades);
  }
}

function setByStaff({ programs, level, groups, creditLimit }: StudentRecord) {
  return { programs, level, groups, creditLimit };
}

/** The record with what the patch names; undefined where that is so already. */
export function recordAfter(before: StudentRecord, patch: PatchStudentRequest): StudentRecord | undefined {
  const { programs, level, groups, creditLimit } = { ...before, ...defined(patch) };
  const after = { ...before, programs: unique(programs), level, groups: unique(groups), creditLimit };
  if (isDeepStrictEqual(after, before)) return undefined;
  return { ...after, version: before.version + 1 };
}

function defined<T extends object>(fields: T): { [Field in keyof T]: Exclude<T[Field], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Field in keyof T]: Exclude<T[Field], undefined> };
}

const unique = (values: readonly string[]) => [...new Set(values)];
