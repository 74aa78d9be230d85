import { Injectable } from '@nestjs/common';
import { Auditor } from '@registrar/audit';
import type { Identity } from '@registrar/auth';
import type { TransferRequest, TransferResult } from '@registrar/contracts-enrollments';
import { IdempotentRequests, refusalOf } from '@registrar/idempotency';
import type { Answered, IdempotentRequest, StoredAnswer } from '@registrar/idempotency';
import { validationFailed } from '@registrar/service';
import { actorOf } from '../enrollment/access.rules.ts';
import type { EnrollmentRecord, Offering } from '../enrollment/enrollment.types.ts';
import { EnrollmentReader } from '../enrollment/store/enrollment-reader.ts';
import { OfferingCache } from '../enrollment/store/offering-cache.ts';
import { CourseCommitter } from '../registration/commit/course-committer.ts';
import { RosterService } from '../roster/roster.service.ts';
import { courseMissing } from '../seats/course-missing.ts';
import { TransferRehearsal } from './transfer-rehearsal.ts';
import { targetFault, transferOf, transferRefusal } from './transfer.rules.ts';
import type { Transfer, TransferRefusal } from './transfer.rules.ts';

/** What is decided by the enrollments alone. */
interface Named {
  records: EnrollmentRecord[];
  refused: TransferRefusal[];
}

/**
 * Moves students from one section of a course to another, each by itself, in the order given.
 *
 * Guarantee: who counts as moved has the new seat and no longer the old one, both in one commit; who is refused keeps the
 * old one. A dry run writes nothing.
 * Failure: 503 when somebody cannot be moved for some seconds; those before stand, and `all`, sent again, continues.
 */
@Injectable()
export class TransferService {
  constructor(
    private readonly offerings: OfferingCache,
    private readonly reader: EnrollmentReader,
    private readonly roster: RosterService,
    private readonly committer: CourseCommitter,
    private readonly rehearsal: TransferRehearsal,
    private readonly idempotent: IdempotentRequests,
    private readonly auditor: Auditor,
  ) {}

  /** @throws Problem 404 `course_not_found`, 422 for a course that students cannot be moved to, 503 */
  async transfer(
    user: Identity,
    fromCourseId: string,
    asked: TransferRequest,
    request: IdempotentRequest | undefined,
  ): Promise<Answered<TransferResult>> {
    const { from, to } = await this.sectionsFor(fromCourseId, asked.toCourseId);
    return this.idempotent.runOnce(asked.dryRun ? undefined : request, async () => {
      const { records, refused } = await this.named(from, asked);
      const actor = actorOf(user, '');
      const transfers = records.map((record) => {
        return { enrollmentId: record.id, set: transferOf(record, to, actor) };
      });
      const answers = asked.dryRun ? await this.rehearsal.judge(transfers) : await this.commit(transfers);
      const more = transfers.flatMap(({ enrollmentId }, at) => refusedOf(enrollmentId, answers[at]));
      const body = { moved: transfers.length - more.length, refused: inOrder([...refused, ...more], asked) };
      if (!asked.dryRun) await this.record(user, fromCourseId, to, body);
      return { status: 200, body };
    });
  }

  private async sectionsFor(
    fromCourseId: string,
    toCourseId: string,
  ): Promise<{ from: Offering; to: Offering }> {
    const from = await this.offerings.courseNow(fromCourseId);
    if (!from) throw courseMissing();
    const to = await this.offerings.courseNow(toCourseId);
    const fault = targetFault(from.offering, to);
    if (fault || !to) throw validationFailed(fault ? [fault] : []);
    return { from: from.offering, to: to.offering };
  }

  /** Those who have a seat, and the others that were named. */
  private async named({ courseId, classId }: Offering, { enrollmentIds }: TransferRequest): Promise<Named> {
    const ids = enrollmentIds ?? (await this.roster.enrolledIn(classId));
    const known = await this.reader.records(ids);
    const named: Named = { records: [], refused: [] };
    for (const id of new Set(ids)) {
      const record = known.get(id);
      const refusal = transferRefusal(id, record, courseId);
      if (record && !refusal) named.records.push(record);
      // Of all who are enrolled, one may have left since the list was read.
      else if (refusal && enrollmentIds) named.refused.push(refusal);
    }
    return named;
  }

  /** One after the other: all of them change the same two courses, so several at once would only lose to one another. */
  private async commit(transfers: readonly Transfer[]): Promise<StoredAnswer[]> {
    const answers: StoredAnswer[] = [];
    for (const { set } of transfers) {
      try {
        answers.push((await this.committer.submit(set)).answer);
      } catch (error) {
        // One that the store does not take must not end the transfer for the others.
        const refusal = refusalOf(error);
        if (!refusal) throw error;
        answers.push(refusal);
      }
    }
    return answers;
  }

  /** The whole; each student's is in the commit. */
  private record(
    user: Identity,
    courseId: string,
    { courseId: toCourseId }: Offering,
    { moved, refused }: TransferResult,
  ): Promise<void> {
    const after = { toCourseId, moved, refused: refused.length };
    return this.auditor.record({
      actor: user,
      action: 'students_transferred',
      resource: `course:${courseId}`,
      after,
    });
  }
}

function refusedOf(enrollmentId: string, answer: StoredAnswer | undefined): TransferRefusal[] {
  if (!answer || !('refusal' in answer)) return [];
  const { code, detail } = answer.refusal;
  return [{ enrollmentId, code, detail }];
}

function inOrder(refused: TransferRefusal[], { enrollmentIds }: TransferRequest): TransferRefusal[] {
  if (!enrollmentIds) return refused;
  const places = new Map(enrollmentIds.map((id, at) => [id, at]));
  const placeOf = ({ enrollmentId }: TransferRefusal) => places.get(enrollmentId) ?? 0;
  return refused.sort((a, b) => placeOf(a) - placeOf(b));
}
