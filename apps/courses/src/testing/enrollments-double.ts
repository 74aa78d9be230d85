import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { countsUnder } from '@registrar/contracts-enrollments';
import type { CourseSeats, OfferingUpdate, SemesterUpdate } from '@registrar/contracts-enrollments';
import { HttpDouble } from '@registrar/testing';

interface Known {
  offering: OfferingUpdate;
  enrolledCount: number;
  waitlistedCount: number;
  sequence: number;
  /** Version of the last change that was refused. */
  refusedVersion?: number;
}

/** A call as it arrived. */
interface ArrivedCall {
  method: string;
  path: string;
  authorization: string | undefined;
}

/**
 * The internal API of enrollments over real HTTP, with the rules that courses rely on: idempotent by version, no
 * capacity below the enrolled count, refused once is refused for good. It can be away, slow, or lose its answers.
 */
export class EnrollmentsDouble extends HttpDouble {
  readonly offerings = new Map<string, Known>();
  readonly semesters = new Map<string, SemesterUpdate>();
  readonly calls: ArrivedCall[] = [];
  /** How each answer is stored up, ms. */
  delayMs = 0;
  /** `lose`: what is asked is done, and the connection ends without an answer. */
  mode: 'well' | 'broken' | 'lose' = 'well';

  constructor() {
    super((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  /** Says how many are enrolled and wait; gives the sequence of that change. */
  fill(courseId: string, enrolledCount: number, waitlistedCount = 0): number {
    const known = this.offerings.get(courseId);
    if (!known) throw new Error(`Enrollments was never told of ${courseId}.`);
    Object.assign(known, { enrolledCount, waitlistedCount, sequence: known.sequence + 1 });
    return known.sequence;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks = (await request.toArray()) as Buffer[];
    const { method = '', url: path = '' } = request;
    this.calls.push({ method, path, authorization: request.headers.authorization });
    const [status, body] =
      this.mode === 'broken' ? [500, {}] : this.answer(path, JSON.parse(Buffer.concat(chunks).toString()));
    if (this.delayMs > 0) await delay(this.delayMs);
    if (this.mode === 'lose') {
      response.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private answer(path: string, body: unknown): [status: number, body: object] {
    const id = decodeURIComponent(path.split('/').at(-1) ?? '');
    if (path.startsWith('/internal/offerings/')) return this.putOffering(id, body as OfferingUpdate);
    if (path.startsWith('/internal/semesters/')) return this.putSemester(id, body as SemesterUpdate);
    const { courseIds } = body as { courseIds: string[] };
    return [200, { items: courseIds.flatMap((courseId) => this.seatsOf(courseId) ?? []) }];
  }

  private putOffering(id: string, offering: OfferingUpdate): [number, object] {
    const known = this.offerings.get(id);
    if (known && known.offering.version >= offering.version) return [200, this.seatsOf(id) ?? {}];
    if (
      known &&
      (offering.capacity < known.enrolledCount || offering.version <= (known.refusedVersion ?? 0))
    ) {
      const { enrolledCount } = known;
      known.refusedVersion = Math.max(known.refusedVersion ?? 0, offering.version);
      const detail = `${enrolledCount} students are enrolled.`;
      return [409, { code: 'capacity_below_enrolled', detail, enrolledCount }];
    }
    const counts = known ?? { enrolledCount: 0, waitlistedCount: 0, sequence: 0 };
    this.offerings.set(id, { ...counts, offering });
    return [200, this.seatsOf(id) ?? {}];
  }

  private putSemester(id: string, update: SemesterUpdate): [number, object] {
    if ((this.semesters.get(id)?.version ?? 0) < update.version) this.semesters.set(id, update);
    return [200, { semesterId: id, version: update.version }];
  }

  private seatsOf(courseId: string): CourseSeats | undefined {
    const known = this.offerings.get(courseId);
    if (!known) return undefined;
    const { offering, enrolledCount, waitlistedCount, sequence } = known;
    const { capacity, version, crossListedOf } = offering;
    const ofClass = this.offerings.get(crossListedOf ?? '');
    if (ofClass) {
      const { sequence, waitlistedCount, ...taken } = ofClass;
      const all = { capacity: ofClass.offering.capacity, enrolledCount: taken.enrolledCount };
      const counts = countsUnder(all, { capacity, enrolledCount });
      return { courseId, ...counts, waitlistedCount, sequence, version, classId: crossListedOf ?? '' };
    }
    const seatsAvailable = Math.max(0, capacity - enrolledCount);
    return { courseId, capacity, enrolledCount, waitlistedCount, seatsAvailable, sequence, version };
  }
}
