import { setTimeout as delay } from 'node:timers/promises';
import type { Course } from '@registrar/contracts-courses';
import type { Random } from '@registrar/testing/random';
import { below, drawnId, oneOf } from '@registrar/testing/random';
import type { ActionParts } from './action-parts.ts';
import type { Asked, Attempt, Intent } from './journal.ts';
import { answerOf, enrollmentsIn } from './journal.ts';

/** Tries before a request is left open until the workload is over. */
const tries = 4;
/** Rules that registrars set aside. */
const rules = [
  'enrollment_window_closed',
  'seat_unavailable',
  'credit_limit_exceeded',
  'time_conflict',
  'prerequisite_not_met',
] as const;
/** Of completed courses; all pass, and some are too low for what follows. */
const grades = ['A', 'B', 'C', 'D'];
/** Reads of an own list before it is given up that a cache answers, and the pause between them, ms. */
const cachedTries = 20;
const cachedPauseMs = 250;
/** Share of answers after which a student reads the own list. */
const looksAfter = 0.3;

/** What students do, each one after the other: a student who waits for an answer sends nothing else. */
export class StudentActions {
  private readonly busy = new Set<string>();
  private readonly keyed: Intent[] = [];

  private readonly parts: ActionParts;

  constructor(parts: ActionParts) {
    this.parts = parts;
  }

  /** Whether a student can act now: nothing is under way and nothing left open. */
  isFree(userId: string): boolean {
    return !this.busy.has(userId);
  }

  /** Enrolls in a course. */
  async enroll(
    userId: string,
    { duplicates = false, course = this.parts.clientModel.wanted() } = {},
  ): Promise<void> {
    const { random } = this.parts;
    const place = { courseId: course.id, joinWaitlist: random() < 0.6, credits: drawCredits(random, course) };
    const asked = { kind: 'enroll', userId, actorId: userId, ...place, override: [] } as const;
    await this.sendRequest(asked, async (intent) => {
      const answer = duplicates ? await this.parts.sender.duplicates(intent) : undefined;
      return answer ?? this.parts.sender.pursue(intent, tries);
    });
  }

  /** A registrar enrolls the student and sets rules aside. */
  async override(userId: string): Promise<void> {
    const { id: courseId } = this.parts.clientModel.wanted();
    const override = rules.filter(() => this.parts.random() < 0.6);
    const actorId = this.parts.registrarId;
    await this.sendRequest({ kind: 'enroll', userId, actorId, courseId, joinWaitlist: true, override });
  }

  /** Gives a place up; without one, enrolls. */
  async drop(userId: string): Promise<void> {
    const places = this.parts.clientModel.placesOf(userId, 'enrolled', 'waitlisted');
    if (places.length === 0) return this.enroll(userId);
    const { enrollmentId } = oneOf(this.parts.random, places);
    await this.sendRequest({ kind: 'drop', userId, actorId: userId, enrollmentId });
  }

  /** Gives a place for another; without one, enrolls. */
  async swap(userId: string): Promise<void> {
    const places = this.parts.clientModel.placesOf(userId, 'enrolled', 'waitlisted');
    if (places.length === 0) return this.enroll(userId);
    const { enrollmentId: dropEnrollmentId } = oneOf(this.parts.random, places);
    const addCourseId = this.parts.clientModel.wanted().id;
    await this.sendRequest({ kind: 'swap', userId, actorId: userId, dropEnrollmentId, addCourseId });
  }

  /** A registrar marks a seat as completed. */
  async complete(userId: string): Promise<void> {
    const places = this.parts.clientModel.placesOf(userId, 'enrolled');
    if (places.length === 0) return this.enroll(userId);
    const { enrollmentId } = oneOf(this.parts.random, places);
    const grade = oneOf(this.parts.random, grades);
    await this.sendRequest({
      kind: 'complete',
      userId,
      actorId: this.parts.registrarId,
      enrollmentId,
      grade,
    });
  }

  /** Reads the own enrollments. */
  readOwnList(userId: string): Promise<void> {
    return this.alone(userId, async () => void (await this.see(userId)));
  }

  /** Reads the own enrollments until a cache has answered, which a slow Redis may keep from it, or so many times. */
  readCachedList(userId: string): Promise<void> {
    return this.alone(userId, async () => {
      for (let attempt = 1; attempt <= cachedTries && !(await this.see(userId)); attempt += 1)
        await delay(cachedPauseMs);
    });
  }

  /** Repeats an answered request under its key. */
  async again(): Promise<void> {
    if (this.keyed.length === 0) return;
    await this.parts.sender.attempt(oneOf(this.parts.random, this.keyed));
  }

  /** Sends a request of a student, who sends nothing else meanwhile. */
  async sendRequest(
    asked: Exclude<Asked, { kind: 'change' }>,
    send = (intent: Intent) => this.parts.sender.pursue(intent, tries),
  ): Promise<void> {
    const isKeyed = asked.kind === 'enroll' || asked.kind === 'swap' || asked.kind === 'changes';
    const intent = this.parts.journal.begin(asked, isKeyed ? { key: drawnId(this.parts.random, 'key') } : {});
    await this.alone(asked.userId, async () => {
      const answer = await send(intent);
      if (answer) this.learn(asked, answer);
      if (isKeyed && answer) this.keyed.push(intent);
      if (answer && this.parts.random() < looksAfter) await this.see(asked.userId);
      // A try that got no answer may be carried out late: without a key, nothing else may be sent after it.
      const isUncertain = !answer || (!isKeyed && answerOf(intent) !== intent.attempts[0]);
      return isUncertain;
    });
  }

  /** Reads the own list; resolves with whether it came from a cache. */
  private async see(userId: string): Promise<boolean> {
    const at = Date.now();
    const query = { limit: 100 };
    const answer = await this.parts.sender.read(userId, (api, token) =>
      api.listOwnEnrollments({ token, query }),
    );
    if (!answer.ok) return false;
    this.parts.journal.looks.push({ userId, at, via: answer.via, items: answer.body.items });
    return String(answer.headers['cache-status']).includes('; hit');
  }

  private learn(asked: Asked, { status, body }: Attempt): void {
    if (status >= 300) return;
    if (asked.kind === 'swap') this.parts.clientModel.forget(asked.userId, asked.dropEnrollmentId);
    for (const enrollment of enrollmentsIn(body)) this.parts.clientModel.learn(enrollment);
  }

  /** @param work resolves with whether the student is to do nothing more */
  private async alone(userId: string, work: () => Promise<boolean | void>): Promise<void> {
    if (this.busy.has(userId)) throw new Error(`${userId} is busy.`);
    this.busy.add(userId);
    if (!(await work())) this.busy.delete(userId);
  }
}

/** Of variable credits a quarter within them, now and then; the course's where nothing is said. */
export function drawCredits(
  random: Random,
  { minCredits, credits }: Pick<Course, 'minCredits' | 'credits'>,
): number | undefined {
  if (minCredits === null || random() < 0.3) return undefined;
  return minCredits + below(random, (credits - minCredits) * 4 + 1) / 4;
}
