import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '@registrar/contracts-http';
import type { Random } from '@registrar/testing/random';
import { oneOf } from '@registrar/testing/random';
import type { Api } from './client.ts';
import { isDecisive } from './journal.ts';
import type { AnswerBody, Asked, Attempt, Intent } from './journal.ts';

/** An address that requests are sent to: the gateway, or an enrollments instance itself. */
export interface Via {
  readonly name: string;
  readonly api: Api;
}

/** Pause before a request that got no answer is sent again, ms. */
const pauseMs = 250;
/** Tries of what must be done before the workload goes on. */
const triesUntilDone = 60;

/** Sends requests, any of them several times, and records every attempt with its answer. */
export class Sender {
  /** Requests without an answer so far. */
  readonly open = new Set<Intent>();
  private readonly random: Random;
  private readonly tokens: ReadonlyMap<string, string>;
  /** The gateway first. */
  private readonly vias: readonly [Via, ...Via[]];

  constructor(random: Random, tokens: ReadonlyMap<string, string>, vias: readonly [Via, ...Via[]]) {
    this.random = random;
    this.tokens = tokens;
    this.vias = vias;
  }

  /** It takes every kind of request. */
  get gateway(): Via {
    return this.vias[0];
  }

  /** Sends once, over `via` or an address that is drawn. */
  async attempt(intent: Intent, via: Via = this.draw(intent.asked)): Promise<Attempt> {
    const at = Date.now();
    const answer = await this.ask(intent, via.api);
    const { status, headers } = answer;
    const attempt = {
      at,
      doneAt: Date.now(),
      via: via.name,
      status,
      replayed: headers['idempotency-replayed'] === 'true',
      retryAfter: String(headers['retry-after'] ?? ''),
      body: ((answer.ok ? answer.body : answer.problem) ?? {}) as AnswerBody,
    };
    intent.attempts.push(attempt);
    return attempt;
  }

  /** Sends the same to every instance at once. */
  async duplicates(intent: Intent): Promise<Attempt | undefined> {
    const attempts = await Promise.all(this.vias.slice(1).map((via) => this.attempt(intent, via)));
    return attempts.find(isDecisive);
  }

  /**
   * Sends until an answer says what became of it, at most `tries` times; undefined where none did: it is open then.
   */
  async pursue(intent: Intent, tries: number): Promise<Attempt | undefined> {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const made = await this.attempt(intent);
      if (isDecisive(made)) {
        this.open.delete(intent);
        return made;
      }
      await delay(this.random() * pauseMs * attempt);
    }
    this.open.add(intent);
    return undefined;
  }

  /** Sends every open request once more; resolves with the number of those that still have no answer. */
  async retryOpenIntents(): Promise<number> {
    for (const intent of [...this.open]) await this.pursue(intent, 1);
    return this.open.size;
  }

  /** A read as this user, over `via` or an address that is drawn. */
  async read<Body>(
    userId: string,
    ask: (api: Api, token: string) => Promise<Answer<Body>>,
    via = oneOf(this.random, this.vias),
  ): Promise<Answer<Body> & { via: string }> {
    return { ...(await ask(via.api, this.tokenOf(userId))), via: via.name };
  }

  /** Asks until it is done, at most a quarter of a minute; gives the body of the answer. */
  async untilDone<Body>(
    userId: string,
    ask: (api: Api, token: string) => Promise<Answer<Body>>,
  ): Promise<Body> {
    for (let attempt = 1; attempt <= triesUntilDone; attempt += 1) {
      const answer = await this.read(userId, ask);
      if (answer.ok) return answer.body;
      await delay(pauseMs);
    }
    throw new Error(`A request of ${userId} was not done.`);
  }

  /** Courses are reached by the gateway alone; enrollments directly too. */
  private draw(asked: Asked): Via {
    return asked.kind === 'change' ? this.vias[0] : oneOf(this.random, this.vias);
  }

  private tokenOf(userId: string): string {
    const token = this.tokens.get(userId);
    if (token === undefined) throw new Error(`There is no token for ${userId}.`);
    return token;
  }

  private ask({ asked, key = '', ifMatch }: Intent, api: Api): Promise<Answer<object>> {
    const token = this.tokenOf(asked.actorId);
    switch (asked.kind) {
      case 'enroll': {
        const { courseId, joinWaitlist, userId, actorId, override, credits, dropOnPromotion } = asked;
        const onBehalf = actorId === userId ? {} : { userId, override: [...override] };
        const place = { courseId, joinWaitlist, credits, dropOnPromotion };
        return api.enroll({ token, key, body: { ...place, ...onBehalf } });
      }
      case 'changes': {
        const { add, drop, mode } = asked;
        const body = { add: [...add], drop: [...drop], mode };
        return api.changeEnrollments({ token, key, query: {}, body });
      }
      case 'credits':
        return api.complete({ token, params: { id: asked.enrollmentId }, body: { credits: asked.credits } });
      case 'amend': {
        const { enrollmentId: id, dropOnPromotion } = asked;
        return api.complete({ token, params: { id }, body: { dropOnPromotion } });
      }
      case 'swap': {
        const { dropEnrollmentId, addCourseId } = asked;
        return api.swap({ token, key, body: { dropEnrollmentId, addCourseId } });
      }
      case 'drop':
        return api.drop({ token, params: { id: asked.enrollmentId } });
      case 'complete':
        return api.complete({
          token,
          params: { id: asked.enrollmentId },
          body: { status: 'completed', grade: asked.grade },
        });
      case 'change': {
        const { change, courseId: id } = asked;
        if ('status' in change && change.status === 'cancelled')
          return api.cancelCourse({ token, params: { id } });
        return api.changeCourse({ token, params: { id }, ifMatch: `"${ifMatch}"`, body: change });
      }
    }
  }
}
