import { Injectable } from '@nestjs/common';
import { changesOf } from '@registrar/audit';
import type { Identity } from '@registrar/auth';
import type { UserImportResult } from '@registrar/contracts-gateway';
import { isChangeRefused, isLostRace, retryOnConflict } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answered, IdempotentRequest } from '@registrar/idempotency';
import { ImportSlots, Problem, lastOfEach, readImportInTurns } from '@registrar/service';
import type { ImportLine } from '@registrar/service';
import pMap from 'p-map';
import { AccountLookup } from '../accounts/account-lookup.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { userOf } from '../accounts/user.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { UserWriter, accountAfter } from '../users/user-writer.ts';
import type { UserAuthor, UserChange } from '../users/user-writer.ts';
import { decideLine } from './decide-line.rules.ts';
import { KnownUsers, keysOf } from './known-users.ts';
import { groupsOf, partsOf } from './line-groups.rules.ts';
import { isAlone, transactionsOf } from './transactions.rules.ts';
import { userFormat } from './user-line.rules.ts';
import type { UserFields } from './user-line.rules.ts';

/** Lines whose accounts are read, and then written, at a time: bounds what is held. */
const perPart = 480;
/** Transactions under way at a time: of many changes each, and of one each. */
const togetherAtOnce = 4;
const aloneAtOnce = 12;

type Line = ImportLine<UserFields>;

/** A line with the change that it was decided to be. */
interface DecidedLine {
  line: Line;
  change: UserChange;
}

/** Who sends a file, and how. */
export interface SentUsers {
  user: Identity;
  address: string;
  file: Uint8Array;
  isDryRun: boolean;
  /** Undefined where no key was sent. */
  request: IdempotentRequest | undefined;
}

/** An import under way. */
interface Run {
  author: Identity;
  isDryRun: boolean;
  /** Whom the keys of lines belonged to when the file was read. */
  ownerOf: (line: Line) => string[];
  result: UserImportResult;
}

/**
 * Makes and changes accounts by a file.
 *
 * Guarantee: each line is decided on what the lines before it have left, and written whole or not at all; a file that is
 * refused (422) has changed nothing, and one that is sent again changes nothing a second time.
 * Failure: 503 `overloaded` before anything is done where too many imports run here; 503 where the store does not
 * answer: lines may stand then, and sending the file again continues.
 */
@Injectable()
export class UserImportService {
  constructor(
    private readonly idempotent: IdempotentRequests,
    private readonly slots: ImportSlots,
    private readonly lookup: AccountLookup,
    private readonly accounts: AccountRepository,
    private readonly writer: UserWriter,
    private readonly audit: AuditLog,
  ) {}

  async importFile(sent: SentUsers): Promise<Answered<UserImportResult> | UserImportResult> {
    // A dry run changes nothing, and shows how things are now: no answer of it is kept.
    if (sent.isDryRun) return this.decideFile(sent);
    return this.idempotent.runOnce(sent.request, async () => {
      const body = await this.decideFile(sent);
      const detail = `${body.changed} changed, ${body.unchanged} unchanged, ${body.refused.length} refused`;
      this.audit.record('users_imported', 'succeeded', {
        actorId: sent.user.id,
        target: 'users',
        address: sent.address,
        detail,
      });
      return { status: 200, body };
    });
  }

  private decideFile({ user: author, file, isDryRun }: SentUsers): Promise<UserImportResult> {
    return this.slots.occupy(async () => {
      const { lines, refused } = await readImportInTurns(file, userFormat);
      const { counting, duplicates } = lastOfEach(lines, personOf(lines));
      const ownerOf = await this.owners(counting);
      const result: UserImportResult = { changed: 0, unchanged: 0, refused: [...refused, ...duplicates] };
      const groups = groupsOf(counting, (line) => [...keysOf(line.fields), ...ownerOf(line)]);
      for (const part of partsOf(groups, perPart))
        await this.decidePart(part, { author, isDryRun, ownerOf, result });
      result.refused.sort((a, b) => a.line - b.line);
      return result;
    });
  }

  private async owners(lines: readonly Line[]): Promise<(line: Line) => string[]> {
    const externalIds = lines.flatMap(({ fields }) => fields.externalId ?? []);
    const emails = lines.flatMap(({ fields }) => fields.emailKey ?? []);
    const [byId, byEmail] = await Promise.all([
      this.lookup.ownersOfExternalIds(externalIds),
      this.lookup.ownersOfEmails(emails),
    ]);
    return ({ fields }) =>
      [byId.get(fields.externalId ?? ''), byEmail.get(fields.emailKey ?? '')].filter(
        (id) => id !== undefined,
      );
  }

  /** Groups have nothing in common: the first lines of all are decided and written together, then the second ones. */
  private async decidePart(groups: readonly Line[][], run: Run): Promise<void> {
    const ids = new Set(groups.flat().flatMap(run.ownerOf));
    const known = new KnownUsers(await this.accounts.byIds([...ids]));
    const longest = Math.max(...groups.map(({ length }) => length));
    for (let turn = 0; turn < longest; turn += 1) {
      const decided: DecidedLine[] = [];
      for (const line of groups.flatMap((group) => group[turn] ?? [])) {
        const change = this.judge(line, known, run);
        if (change) decided.push({ line, change });
      }
      if (run.isDryRun) for (const each of decided) await this.tryLine(each, known, run);
      else await this.writeAll(decided, known, run);
    }
  }

  /** The change that a line is; undefined where it is none, which is counted. */
  private judge({ line, fields }: Line, known: KnownUsers, run: Run): UserChange | undefined {
    const decision = decideLine(fields, known, run.author);
    if (decision === 'unchanged') run.result.unchanged += 1;
    else if ('refused' in decision) run.result.refused.push({ line, ...decision.refused });
    else return decision.change;
    return undefined;
  }

  /** What would come of the line. */
  private async tryLine({ line, change }: DecidedLine, known: KnownUsers, run: Run): Promise<void> {
    try {
      if (isAlone(change)) await this.writer.check(change);
      noteChange(change, known, run);
    } catch (error) {
      refuseLine(line, error, run);
    }
  }

  private async writeAll(decided: readonly DecidedLine[], known: KnownUsers, run: Run): Promise<void> {
    const { alone = [], together = [] } = Object.groupBy(decided, ({ change }) =>
      isAlone(change) ? 'alone' : 'together',
    );
    const left: DecidedLine[] = [...alone];
    await pMap(
      transactionsOf(together, ({ change }) => change),
      async (lines) => {
        if (await this.writeTogether(lines, run))
          for (const { change } of lines) noteChange(change, known, run);
        else left.push(...lines);
      },
      { concurrency: togetherAtOnce },
    );
    await pMap(left, (each) => this.writeAlone(each, known, run), { concurrency: aloneAtOnce });
  }

  /** @returns whether they are written; where others were quicker with one of them, none is */
  private async writeTogether(lines: readonly DecidedLine[], { author }: Run): Promise<boolean> {
    const changes = lines.map(({ change }) => change);
    try {
      await this.writer.writeTogether(changes, author.id);
      return true;
    } catch (error) {
      if (isLostRace(error) || isChangeRefused(error)) return false;
      throw error;
    }
  }

  /** Decides the line again where others were quicker. */
  private async writeAlone({ line, change }: DecidedLine, known: KnownUsers, run: Run): Promise<void> {
    let next: UserChange | undefined = change;
    try {
      await retryOnConflict(
        async (attempt) => {
          if (attempt > 1) next = await this.decideAgain(line, known, run);
          if (!next) return;
          const reason = next.after.status === 'suspended' ? 'suspended' : 'roles';
          await this.writer.write(next, { actorId: run.author.id, reason, ...this.recorded(next, run) });
          noteChange(next, known, run);
        },
        { isRetryable: (error) => isLostRace(error) || isTaken(error) },
      );
    } catch (error) {
      refuseLine(line, error, run);
    }
  }

  /** What ends sessions or changes roles is recorded for each account; the rest by the counts of the file. */
  private recorded({ before, after }: UserChange, { author }: Run): Pick<UserAuthor, 'recorded'> {
    if (!before) return {};
    const changes = changesOf(userOf(before), userOf(after));
    const event = { actorId: author.id, target: after.id, ...changes };
    return { recorded: this.audit.entry('user_changed', event).outbox };
  }

  private async decideAgain(line: Line, known: KnownUsers, run: Run): Promise<UserChange | undefined> {
    const { externalId, email, emailKey } = line.fields;
    const before = [known.byExternalId(externalId), known.byEmail(emailKey)];
    const now = await Promise.all([
      externalId === null ? undefined : this.accounts.byExternalId(externalId),
      email === null ? undefined : this.accounts.byEmail(email),
    ]);
    for (const each of before) known.note(each, undefined);
    for (const each of now) known.note(undefined, each);
    return this.judge(line, known, run);
  }
}

function noteChange(change: UserChange, known: KnownUsers, { result }: Run): void {
  known.note(change.before, accountAfter(change));
  result.changed += 1;
}

/** Whom a line names, of whose lines the last counts: an email alone is who has it in another line. */
function personOf(lines: readonly Line[]): (line: Line) => string {
  const identified = lines.filter(({ fields }) => fields.externalId !== null);
  const idOf = new Map(identified.map(({ fields }) => [fields.emailKey, fields.externalId]));
  return ({ fields: { externalId, emailKey } }) => {
    const [key = ''] = keysOf({ externalId: externalId ?? idOf.get(emailKey) ?? null, emailKey });
    return key;
  };
}

function isTaken(error: unknown): boolean {
  return error instanceof Problem && ['email_taken', 'external_id_taken'].includes(error.code);
}

/** Refuses a line for what the store, or the rule of the last admin, says of it. @throws any other error */
function refuseLine({ line }: Line, error: unknown, { result }: Run): void {
  if (isChangeRefused(error)) {
    const detail = 'The store does not take this change. Check the line.';
    result.refused.push({ line, code: 'change_refused', detail });
  } else if (error instanceof Problem && error.code === 'last_admin') {
    result.refused.push({ line, code: 'last_admin', detail: error.detail });
  } else throw error;
}
