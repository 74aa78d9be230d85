import { Injectable } from '@nestjs/common';
import { Auditor } from '@registrar/audit';
import type { Identity } from '@registrar/auth';
import type { RecordImportResult, RecordRefusalCode } from '@registrar/contracts-enrollments';
import { isChangeRefused } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answered, IdempotentRequest } from '@registrar/idempotency';
import { ImportSlots, lastOfEach } from '@registrar/service';
import pMap from 'p-map';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import type { ChangedRecord, RecordChange } from '../enrollment/student-record/student-records.ts';
import type { StudentRecord } from '../enrollment/student-record/student-record.types.ts';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { LinePeople } from './line-people.ts';
import type { LineRefusal } from './line-people.ts';
import { readLines } from './read-lines.ts';
import type { LineFormat } from './read-lines.ts';

/** Students whose records are read, and then written, at a time: bounds what is held. */
const perSlice = 400;
/** Writes under way at a time. */
const concurrency = 24;

/** A line whose person is known. */
export interface KnownLine<Fields> {
  line: number;
  userId: string;
  fields: Fields;
}

/** What a line came to. */
export type LineVerdict = 'changed' | 'unchanged' | Omit<LineRefusal<RecordRefusalCode>, 'line'>;

/** What the lines about one student make of the record: a verdict for each line, and what is written. */
export interface Decision extends RecordChange {
  verdicts: LineVerdict[];
}

/** How files of one kind are read, and what their lines do. */
export interface RecordImportKind<Column extends string, Optional extends string, Fields> extends LineFormat<
  Column,
  Optional,
  Fields
> {
  /** For the audit record, such as `students`. */
  name: string;
  /** What a line is about, within its student: of two with one key the last counts. */
  keyOf: (fields: Fields) => string;
  /** Whether waiting places are judged again after a change. */
  rejudges: boolean;
  /** Decides all lines about one student, in the order of the file. Pure: may be called again. */
  decide: (record: StudentRecord, lines: readonly Fields[], moment: ImportMoment) => Decision;
  /** What follows a change that stands. */
  changed?: (decision: Decision) => void;
}

/** Who imports, and when a student's lines are decided. */
export interface ImportMoment {
  /** RFC 3339. */
  now: string;
  actorId: string;
}

/** Who sends a file, and how. */
export interface SentFile {
  user: Identity;
  file: Uint8Array;
  isDryRun: boolean;
  /** Undefined where no key was sent. */
  request: IdempotentRequest | undefined;
}

/**
 * Imports files whose lines are about students: all lines about one student are one change of the record.
 *
 * Guarantee: a file that is refused (422) has changed nothing; a file sent again changes nothing a second time.
 * Failure: 503 `overloaded` before anything is done where too many imports run here; 503 or 504 when the store or the
 * gateway does not answer: lines may stand then, and sending the file again continues.
 */
@Injectable()
export class RecordImport {
  constructor(
    private readonly idempotent: IdempotentRequests,
    private readonly slots: ImportSlots,
    private readonly people: LinePeople,
    private readonly records: StudentRecords,
    private readonly deferred: DeferredWorkEvents,
    private readonly auditor: Auditor,
  ) {}

  async importFile<Column extends string, Optional extends string, Fields>(
    kind: RecordImportKind<Column, Optional, Fields>,
    sent: SentFile,
  ): Promise<Answered<RecordImportResult> | RecordImportResult> {
    // A dry run changes nothing, and shows how things are now: no answer of it is kept.
    if (sent.isDryRun) return this.decideFile(kind, sent);
    const answer = await this.idempotent.runOnce(sent.request, async () => {
      const body = await this.decideFile(kind, sent);
      const { changed, unchanged, refused } = body;
      await this.auditor.record({
        actor: sent.user,
        action: `${kind.name}_imported`,
        resource: kind.name,
        after: { changed, unchanged, refused: refused.length },
      });
      return { status: 200, body };
    });
    return answer as Answered<RecordImportResult>;
  }

  private decideFile<Column extends string, Optional extends string, Fields>(
    kind: RecordImportKind<Column, Optional, Fields>,
    { user, file, isDryRun }: SentFile,
  ): Promise<RecordImportResult> {
    return this.slots.occupy(async () => {
      const { lines, refused: unread } = readLines(file, kind);
      const { known, refused: unknown } = await this.people.find(lines);
      const result: RecordImportResult = { changed: 0, unchanged: 0, refused: [...unread, ...unknown] };
      const { counting, duplicates } = lastOfEach(known, ({ userId, fields }) =>
        JSON.stringify([userId, kind.keyOf(fields)]),
      );
      result.refused.push(...duplicates);
      const students = [...Map.groupBy(counting, ({ userId }) => userId)];
      for (let at = 0; at < students.length; at += perSlice) {
        const slice = students.slice(at, at + perSlice);
        const found = await this.records.findForChange(slice.map(([userId]) => userId));
        const decideOne = async ([userId, own]: [string, KnownLine<Fields>[]]) => {
          const verdicts = await this.decideStudent(kind, {
            userId,
            lines: own,
            found,
            actorId: user.id,
            isDryRun,
          });
          for (const [index, verdict] of verdicts.entries()) count(result, own[index]?.line ?? 0, verdict);
        };
        await pMap(slice, decideOne, { concurrency });
      }
      result.refused.sort((a, b) => a.line - b.line);
      return result;
    });
  }

  private async decideStudent<Column extends string, Optional extends string, Fields>(
    kind: RecordImportKind<Column, Optional, Fields>,
    { userId, lines, found, actorId, isDryRun }: StudentLines<Fields>,
  ): Promise<LineVerdict[]> {
    const known = found.get(userId);
    if (!known) throw new Error('The record of a line was not read.');
    const fields = lines.map((each) => each.fields);
    let decision: Decision | undefined;
    const decide = (record: StudentRecord, now: string) =>
      (decision = kind.decide(record, fields, { now, actorId }));
    if (isDryRun) return decide(known.record, new Date().toISOString()).verdicts;
    try {
      const outcome = await this.records.change(userId, decide, { rejudges: kind.rejudges, found: known });
      this.announce(userId, outcome);
      if (decision && outcome.isChanged) kind.changed?.(decision);
      return decision?.verdicts ?? [];
    } catch (error) {
      if (!isChangeRefused(error)) throw error;
      const detail = 'The store does not take this change. Check the line.';
      return fields.map(() => ({ code: 'change_refused', detail }));
    }
  }

  private announce(userId: string, { waits }: ChangedRecord): void {
    for (const semesterId of waits) this.deferred.emit('scheduleLoosened', userId, semesterId);
  }
}

/** The lines about one student, and what their decision begins with. */
interface StudentLines<Fields> {
  userId: string;
  lines: readonly KnownLine<Fields>[];
  found: Awaited<ReturnType<StudentRecords['findForChange']>>;
  actorId: string;
  isDryRun: boolean;
}

function count(result: RecordImportResult, line: number, verdict: LineVerdict): void {
  if (typeof verdict === 'string') result[verdict] += 1;
  else result.refused.push({ line, ...verdict });
}
