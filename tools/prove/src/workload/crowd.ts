import { setTimeout as delay } from 'node:timers/promises';
import { drawnId, oneOf, shuffled } from '@registrar/testing/random';
import type { Fixture } from '../fixture/fixture.ts';
import type { ActionParts } from './action-parts.ts';
import { isDecisive } from './journal.ts';
import type { Attempt } from './journal.ts';

/** Tries of a request that is neither answered nor refused as too many. */
const tries = 4;
/** Readers beside the crowd, and the pause of each between two reads, ms. */
const readers = 4;
const readPauseMs = 20;
/** Pause of a student who was refused before the next request, ms: shorter than any student's. */
const refusedPauseMs = 100;

/** What a crowd is made of. */
type CrowdParts = Pick<ActionParts, 'random' | 'journal' | 'sender'> & { readonly fixture: Fixture };

/**
 * Students who all ask for seats at once, each for one course after the other through the gateway: more than the system
 * can do. Beside them others read catalogue and own lists.
 */
export class Crowd {
  private answered = 0;
  private readonly parts: CrowdParts;

  constructor(parts: CrowdParts) {
    this.parts = parts;
  }

  /** In words. */
  get summary(): string {
    const { crowdedReads, refused } = this.parts.journal;
    return `A crowd got ${this.answered} answers, ${refused.length} requests were refused as too many; ${crowdedReads.length} reads beside`;
  }

  async askAtOnce(seconds: number): Promise<void> {
    const endsAt = performance.now() + seconds * 1_000;
    const reading = Array.from({ length: readers }, () => this.read(endsAt));
    await Promise.all([...this.parts.fixture.crowd.map(({ id }) => this.ask(id, endsAt)), ...reading]);
  }

  private async ask(userId: string, endsAt: number): Promise<void> {
    const { random, journal, sender, fixture } = this.parts;
    for (const { id: courseId } of shuffled(random, fixture.courses)) {
      if (performance.now() > endsAt) return;
      const asked = {
        kind: 'enroll',
        userId,
        actorId: userId,
        courseId,
        joinWaitlist: true,
        override: [],
      } as const;
      const intent = journal.begin(asked, { key: drawnId(random, 'key') });
      const first = await sender.attempt(intent, sender.gateway);
      if (isRefusedAsTooMany(first)) {
        journal.giveUp(intent);
        await delay(refusedPauseMs);
        continue;
      }
      this.answered += 1;
      if (!isDecisive(first) && !(await sender.pursue(intent, tries))) return;
    }
  }

  private async read(endsAt: number): Promise<void> {
    const { random, journal, sender, fixture } = this.parts;
    while (performance.now() < endsAt) {
      const { id } = oneOf(random, fixture.regulars);
      const semesterId = fixture.courses[0]?.semesterId ?? '';
      const own = await sender.read(id, (api, token) => api.listOwnEnrollments({ token, query: {} }));
      journal.crowdedReads.push({ what: 'an own list', via: own.via, status: own.status });
      const list = await sender.read(
        id,
        (api, token) => api.listCourses({ token, query: { semesterId } }),
        sender.gateway,
      );
      journal.crowdedReads.push({ what: 'the catalogue', via: list.via, status: list.status });
      await delay(readPauseMs);
    }
  }
}

/** Whether a request was refused before any work. */
function isRefusedAsTooMany({ status, body }: Attempt): boolean {
  return status === 503 && body.code === 'overloaded';
}
