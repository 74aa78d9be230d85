import { setTimeout as delay } from 'node:timers/promises';
import pMap from 'p-map';
import { oneOf, weighted } from '@registrar/testing/random';
import type { Fixture } from '../fixture/fixture.ts';
import type { ActionParts } from './action-parts.ts';
import type { CodeActions } from './code-actions.ts';
import type { HoldActions } from './hold-actions.ts';
import type { PermitActions } from './permit-actions.ts';
import type { RegistrarActions } from './registrar-actions.ts';
import type { SectionActions } from './section-actions.ts';
import type { StudentActions } from './student-actions.ts';

/** How often each thing is done, against each other. */
const weights = {
  enroll: 46,
  duplicates: 8,
  again: 6,
  drop: 13,
  swap: 12,
  bundle: 9,
  section: 4,
  several: 5,
  exchange: 5,
  both: 2,
  credits: 2,
  permit: 3,
  revoke: 2,
  amend: 3,
  code: 9,
  classCapacity: 2,
  look: 10,
  capacity: 5,
  status: 3,
  times: 2,
  complete: 1.5,
  override: 1.5,
  hold: 2,
  cancel: 0.3,
};
type Action = keyof typeof weights;
/** What those do as well who have no place yet. */
const forNew: ReadonlySet<Action> = new Set([
  'enroll',
  'duplicates',
  'override',
  'bundle',
  'several',
  'permit',
  'revoke',
  'code',
]);

/** Actions under way at a time; more wait. */
const mostUnderWay = 48;
/** Draws before it is given up to find a student with nothing under way. */
const draws = 50;
const settleEveryMs = 500;
/** Late students who ask for a seat as soon as the workload begins, before their window opens. */
const studentsTooEarly = 12;

/** What the workload is made of. */
export interface WorkloadParts extends Pick<ActionParts, 'random' | 'clientModel' | 'sender'> {
  readonly fixture: Fixture;
  readonly students: StudentActions;
  readonly registrar: RegistrarActions;
  readonly holds: HoldActions;
  readonly sections: SectionActions;
  readonly permits: PermitActions;
  readonly codes: CodeActions;
}

/** Students and registrars who act at a steady pace, whatever the answers are. */
export class Workload {
  private readonly underWay = new Set<Promise<void>>();
  private readonly parts: WorkloadParts;
  private failure: { readonly reason: unknown } | undefined;

  constructor(parts: WorkloadParts) {
    this.parts = parts;
  }

  /**
   * Begins `pace` actions a second until `endsAt` (of `performance.now()`), and waits for those under way. Some late
   * students are the first.
   */
  async runWorkload(actionsPerSecond: number, endsAt: number): Promise<void> {
    const startedAt = performance.now();
    const early = this.enrollTooEarly().catch((reason: unknown) => void (this.failure ??= { reason }));
    for (let begun = 0; performance.now() < endsAt && !this.failure; begun += 1) {
      const waitMs = startedAt + (begun * 1_000) / actionsPerSecond - performance.now();
      if (waitMs > 0) await delay(waitMs);
      if (this.underWay.size >= mostUnderWay) await Promise.race(this.underWay);
      this.begin();
    }
    await Promise.all([early, ...this.underWay]);
    if (this.failure) throw this.failure.reason;
  }

  /** Sends what has no answer again, until all have one or `timeoutMs` is over. */
  async settle(timeoutMs: number): Promise<number> {
    const endsAt = performance.now() + timeoutMs;
    for (;;) {
      const left = await this.parts.sender.retryOpenIntents();
      if (left === 0 || performance.now() > endsAt) return left;
      await delay(settleEveryMs);
    }
  }

  /** Sends `count` of the answered requests once more. */
  async repeat(count: number): Promise<void> {
    await pMap(Array.from({ length: count }), () => this.parts.students.again(), { concurrency: 8 });
  }

  /** Has `count` students read their cached lists, give a place up, and read again: each cached list is changed once. */
  async changeWhatIsCached(count: number): Promise<void> {
    const { clientModel, students } = this.parts;
    const free = clientModel.holders.filter(
      (id) => students.isFree(id) && clientModel.placesOf(id, 'enrolled', 'waitlisted').length > 0,
    );
    await pMap(
      free.slice(0, count),
      async (id) => {
        await students.readCachedList(id);
        await students.drop(id);
        if (students.isFree(id)) await students.readOwnList(id);
      },
      { concurrency: 8 },
    );
  }

  /** Places holds on `count` students, who try to enroll under them. */
  enrollUnderHolds(count: number): Promise<void> {
    const { fixture, holds } = this.parts;
    const ids = fixture.regulars.map(({ id }) => id);
    return this.tryToEnroll(ids, count, (id) => holds.place(id));
  }

  /**
   * Has `count` newcomers ask for seats that others gave up, as many use a permit and try to use it again, and as many
   * ask for two courses at one time.
   */
  async askForTooMuch(count: number): Promise<void> {
    const { fixture, students, clientModel, permits, sections } = this.parts;
    const free = fixture.regulars.map(({ id }) => id).filter((id) => students.isFree(id));
    const withNothing = free.filter((id) => clientModel.placesOf(id, 'enrolled', 'waitlisted').length === 0);
    const concurrency = 8;
    const next = () => withNothing.splice(0, count);
    await this.tryToEnroll(next(), count);
    await pMap(next(), (id) => permits.use(id, { again: true }), { concurrency });
    await pMap(next(), (id) => sections.askForBoth(id), { concurrency });
  }

  /** Has `count` students give up seats that others wait for, while nobody else asks for them. */
  async giveUpAwaited(count: number): Promise<void> {
    const { clientModel, students } = this.parts;
    const waiting = clientModel.waiters.flatMap((id) => clientModel.placesOf(id, 'waitlisted'));
    const awaited = new Set(waiting.map(({ courseId }) => courseId));
    const seats = clientModel.holders.flatMap((userId) => {
      const seat = clientModel.placesOf(userId, 'enrolled').find(({ courseId }) => awaited.has(courseId));
      return seat && students.isFree(userId) ? [{ userId, enrollmentId: seat.enrollmentId }] : [];
    });
    await pMap(
      seats.slice(0, count),
      (seat) => students.sendRequest({ kind: 'drop', actorId: seat.userId, ...seat }),
      { concurrency: 8 },
    );
  }

  private enrollTooEarly(): Promise<void> {
    const { regulars, eligibility } = this.parts.fixture;
    const late = regulars.map(({ id }) => id).filter((id) => eligibility.late.has(id));
    return this.tryToEnroll(late, studentsTooEarly);
  }

  private async tryToEnroll(
    ids: readonly string[],
    count: number,
    first?: (id: string) => Promise<void>,
  ): Promise<void> {
    const { students } = this.parts;
    await pMap(
      ids.filter((id) => students.isFree(id)).slice(0, count),
      async (id) => {
        await first?.(id);
        for (let attempt = 0; attempt < 3 && students.isFree(id); attempt += 1) await students.enroll(id);
      },
      { concurrency: 8 },
    );
  }

  private begin(): void {
    const action = weighted(this.parts.random, weights);
    const student = this.drawStudent(action);
    if (student === undefined) return;
    const work: Promise<void> = this.act(action, student)
      .catch((reason: unknown) => void (this.failure ??= { reason }))
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** A student with nothing under way; for what needs a place, mostly one who has a place, or waits for one. */
  private drawStudent(action: Action): string | undefined {
    const { random, fixture, clientModel, students } = this.parts;
    const all = action === 'amend' ? clientModel.waiters : clientModel.holders;
    const holders = forNew.has(action) && random() < 0.5 ? [] : all;
    for (let draw = 0; draw < draws; draw += 1) {
      const id = holders.length > 0 ? oneOf(random, holders) : oneOf(random, fixture.regulars).id;
      if (students.isFree(id)) return id;
    }
    return undefined;
  }

  private act(action: Action, userId: string): Promise<void> {
    const { students, registrar, holds, sections, permits, codes, fixture } = this.parts;
    const actions: Record<Action, () => Promise<void>> = {
      enroll: () => students.enroll(userId),
      duplicates: () => students.enroll(userId, { duplicates: true }),
      again: () => students.again(),
      drop: () => students.drop(userId),
      swap: () => students.swap(userId),
      bundle: () => sections.takeBundle(userId),
      section: () => sections.changeSection(userId),
      several: () => sections.several(userId),
      exchange: () => sections.exchangeLater(userId),
      both: () => sections.askForBoth(userId),
      credits: () => sections.credits(userId),
      permit: () => permits.use(userId),
      revoke: () => permits.revoke(userId),
      amend: () => sections.amend(userId),
      code: () => codes.takeClass(userId),
      classCapacity: () => registrar.capacity(codes.drawCourse()),
      look: () => students.readOwnList(userId),
      complete: () => students.complete(userId),
      override: () => students.override(userId),
      hold: () => holds.toggle(userId),
      capacity: () => registrar.capacity(),
      status: () => registrar.status(),
      times: () => registrar.times(),
      cancel: () => registrar.cancel(Math.ceil(fixture.courses.length / 40)),
    };
    return actions[action]();
  }
}
