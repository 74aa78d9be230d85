import type { Random } from '@registrar/testing/random';
import { drawnId, oneOf } from '@registrar/testing/random';
import type { ClientModel } from './client-model.ts';
import type { Asked, Attempt, Intent, Journal } from './journal.ts';
import { answerOf } from './journal.ts';
import type { Sender } from './sender.ts';

/** Tries before a request is left open until the workload is over. */
const tries = 4;
/** Rules that registrars set aside. */
const rules = ['seat_unavailable', 'credit_limit_exceeded', 'time_conflict', 'prerequisite_not_met'] as const;
/** Share of answers after which a student looks at the own list. */
const looksAfter = 0.3;

/** What students do, each one after the other: a student who waits for an answer asks nothing else. */
export class StudentActions {
  /** Requests that got no answer yet; they are asked again when the workload is over. */
  readonly open = new Set<Intent>();
  private readonly busy = new Set<string>();
  private readonly keyed: Intent[] = [];

  private readonly random: Random;
  private readonly clientModel: ClientModel;
  private readonly journal: Journal;
  private readonly sender: Sender;

  constructor(random: Random, clientModel: ClientModel, journal: Journal, sender: Sender) {
    this.random = random;
    this.clientModel = clientModel;
    this.journal = journal;
    this.sender = sender;
  }

  /** Whether a student can act now: nothing is under way and nothing left open. */
  isFree(userId: string): boolean {
    return !this.busy.has(userId);
  }

  /** Asks for a seat. */
  async enroll(userId: string, { duplicates = false } = {}): Promise<void> {
    const { id: courseId } = this.clientModel.wanted(this.random);
    const joinWaitlist = this.random() < 0.6;
    const asked = { kind: 'enroll', userId, actorId: userId, courseId, joinWaitlist, override: [] } as const;
    await this.ask(asked, async (intent) => {
      const answer = duplicates ? await this.sender.duplicates(intent) : undefined;
      return answer ?? this.sender.pursue(intent, tries);
    });
  }

  /** A registrar enrolls the student and sets rules aside. */
  async override(userId: string, registrarId: string): Promise<void> {
    const { id: courseId } = this.clientModel.wanted(this.random);
    const override = rules.filter(() => this.random() < 0.6);
    const asked = {
      kind: 'enroll',
      userId,
      actorId: registrarId,
      courseId,
      joinWaitlist: true,
      override,
    } as const;
    await this.ask(asked);
  }

  /** Gives a place up; without one, asks for a seat. */
  async drop(userId: string): Promise<void> {
    const places = this.clientModel.placesOf(userId, 'enrolled', 'waitlisted');
    if (places.length === 0) return this.enroll(userId);
    const { enrollmentId } = oneOf(this.random, places);
    await this.ask({ kind: 'drop', userId, actorId: userId, enrollmentId });
  }

  /** Gives a place for another; without one, asks for a seat. */
  async swap(userId: string): Promise<void> {
    const places = this.clientModel.placesOf(userId, 'enrolled', 'waitlisted');
    if (places.length === 0) return this.enroll(userId);
    const { enrollmentId: dropEnrollmentId } = oneOf(this.random, places);
    const addCourseId = this.clientModel.wanted(this.random).id;
    await this.ask({ kind: 'swap', userId, actorId: userId, dropEnrollmentId, addCourseId });
  }

  /** A registrar marks a seat as completed. */
  async complete(userId: string, registrarId: string): Promise<void> {
    const places = this.clientModel.placesOf(userId, 'enrolled');
    if (places.length === 0) return this.enroll(userId);
    const { enrollmentId } = oneOf(this.random, places);
    await this.ask({ kind: 'complete', userId, actorId: registrarId, enrollmentId });
  }

  /** Looks at the own enrollments. */
  readOwnList(userId: string): Promise<void> {
    return this.alone(userId, () => this.see(userId));
  }

  /** Sends one that was answered long ago once more, under its key. */
  async again(): Promise<void> {
    if (this.keyed.length === 0) return;
    await this.sender.attempt(oneOf(this.random, this.keyed));
  }

  /** Asks once more for what was left open; gives how many still have no answer. */
  async settle(): Promise<number> {
    for (const intent of [...this.open]) {
      if (await this.sender.pursue(intent, 1)) this.open.delete(intent);
    }
    return this.open.size;
  }

  private async ask(asked: Exclude<Asked, { kind: 'change' }>, send = this.pursue): Promise<void> {
    const isKeyed = asked.kind === 'enroll' || asked.kind === 'swap';
    const intent = this.journal.begin(asked, isKeyed ? { key: drawnId(this.random, 'key') } : {});
    await this.alone(asked.userId, async () => {
      const answer = await send(intent);
      if (answer) this.learn(asked, answer);
      else this.open.add(intent);
      if (isKeyed && answer) this.keyed.push(intent);
      if (answer && this.random() < looksAfter) await this.see(asked.userId);
      // A try that got no answer may be carried out late: without a key, nothing else may be asked after it.
      const isUncertain = !answer || (!isKeyed && answerOf(intent) !== intent.attempts[0]);
      return isUncertain;
    });
  }

  private readonly pursue = (intent: Intent): Promise<Attempt | undefined> =>
    this.sender.pursue(intent, tries);

  private async see(userId: string): Promise<void> {
    const at = Date.now();
    const query = { limit: 100 };
    const answer = await this.sender.read(userId, (api, token) => api.listOwnEnrollments({ token, query }));
    if (answer.ok) this.journal.looks.push({ userId, at, via: answer.via, items: answer.body.items });
  }

  private learn(asked: Asked, { status, body }: Attempt): void {
    if (status >= 300) return;
    if (asked.kind === 'swap') this.clientModel.forget(asked.userId, asked.dropEnrollmentId);
    this.clientModel.learn(body);
  }

  /** @param work says whether the student shall do nothing more */
  private async alone(userId: string, work: () => Promise<boolean | void>): Promise<void> {
    if (this.busy.has(userId)) throw new Error(`${userId} is busy.`);
    this.busy.add(userId);
    if (!(await work())) this.busy.delete(userId);
  }
}
