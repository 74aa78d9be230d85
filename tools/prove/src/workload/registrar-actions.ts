import type { Course } from '@registrar/contracts-courses';
import { below } from '@registrar/testing/random';
import type { ActionParts } from './action-parts.ts';
import type { CourseChange } from './journal.ts';

const tries = 4;

/** What registrars do to courses, one change of a course at a time. */
export class RegistrarActions {
  private readonly busy = new Set<string>();
  private readonly closed = new Set<string>();

  private readonly parts: ActionParts;

  constructor(parts: ActionParts) {
    this.parts = parts;
  }

  /** Raises or lowers the capacity of a course, not below the seats that are kept; what is too low for those who are in is refused. */
  capacity(course?: Course): Promise<void> {
    return this.change(({ capacity, reservations }) => {
      const kept = reservations.reduce((sum, { seats }) => sum + seats, 0);
      return { capacity: Math.max(kept, capacity - 6 + below(this.parts.random, 14)) };
    }, course);
  }

  /** Closes an open course, opens a closed one: with all codes of its class. */
  status(): Promise<void> {
    const { clientModel } = this.parts;
    const course = clientModel.classOf(clientModel.wanted());
    return this.change(({ id }) => ({ status: this.closed.has(id) ? 'open' : 'closed' }), course);
  }

  /** Moves a course to other times: its students stay, and students who wait because of it are judged again. */
  times(): Promise<void> {
    const { clientModel } = this.parts;
    return this.change(() => ({ meetings: clientModel.times() }), clientModel.classOf(clientModel.movable()));
  }

  /** Cancels a course for good; only a few of all. */
  cancel(most: number): Promise<void> {
    if (this.parts.clientModel.cancelledCount >= most) return this.capacity();
    return this.change(() => ({ status: 'cancelled' }));
  }

  private async change(
    draw: (course: Course) => CourseChange,
    course = this.parts.clientModel.wanted(),
  ): Promise<void> {
    const { clientModel, journal, sender, registrarId: actorId } = this.parts;
    const { id: courseId } = course;
    if (this.busy.has(courseId) || clientModel.isOver(courseId)) return;
    this.busy.add(courseId);
    const change = draw(course);
    const isEnd = 'status' in change && change.status === 'cancelled';
    if (isEnd) clientModel.end(courseId);
    const asked = { kind: 'change', actorId, courseId, change } as const;
    const intent = journal.begin(asked, isEnd ? {} : { ifMatch: clientModel.versionOf(courseId) });
    const answer = await sender.pursue(intent, tries);
    if (answer?.status === 200 && 'status' in change) {
      if (change.status === 'open') this.closed.delete(courseId);
      else this.closed.add(courseId);
    }
    if (answer && (await this.refresh(courseId))) this.busy.delete(courseId);
  }

  /** Reads the version as it is now: an earlier try may have raised it. */
  private async refresh(courseId: string): Promise<boolean> {
    const { sender, registrarId, clientModel } = this.parts;
    const answer = await sender.read(
      registrarId,
      (api, token) => api.getCourse({ token, params: { id: courseId } }),
      sender.gateway,
    );
    if (answer.ok) clientModel.learnVersion(courseId, answer.body.version);
    return answer.ok;
  }
}
