import type { Course } from '@registrar/contracts-courses';
import type { Random } from '@registrar/testing/random';
import { below } from '@registrar/testing/random';
import { drawMeetings } from '../fixture/catalogue.ts';
import type { ClientModel } from './client-model.ts';
import type { CourseChange, Intent, Journal } from './journal.ts';
import type { Sender } from './sender.ts';

const tries = 4;

/** What registrars do to courses, one change of a course at a time. */
export class RegistrarActions {
  readonly open = new Set<Intent>();
  private readonly busy = new Set<string>();
  private readonly closed = new Set<string>();

  private readonly random: Random;
  private readonly clientModel: ClientModel;
  private readonly journal: Journal;
  private readonly sender: Sender;
  private readonly registrarId: string;

  constructor(
    random: Random,
    clientModel: ClientModel,
    journal: Journal,
    sender: Sender,
    registrarId: string,
  ) {
    this.random = random;
    this.clientModel = clientModel;
    this.journal = journal;
    this.sender = sender;
    this.registrarId = registrarId;
  }

  /** Raises or lowers the capacity of a course; what is too low for those who are in is refused. */
  capacity(): Promise<void> {
    return this.change(({ capacity }) => ({ capacity: Math.max(0, capacity - 6 + below(this.random, 14)) }));
  }

  /** Closes an open course, opens a closed one. */
  status(): Promise<void> {
    return this.change(({ id }) => ({ status: this.closed.has(id) ? 'open' : 'closed' }));
  }

  /** Moves a course to other times: its students stay, and students who wait because of it are judged again. */
  times(): Promise<void> {
    return this.change(
      () => ({ meetings: drawMeetings(this.random) }),
      this.clientModel.movable(this.random),
    );
  }

  /** Cancels a course for good; only a few of all. */
  cancel(most: number): Promise<void> {
    if (this.clientModel.cancelledCount >= most) return this.capacity();
    return this.change(() => ({ status: 'cancelled' }));
  }

  /** Opens what is closed, so that waitlists go on; then asks once more for what was left open. */
  async retryOpenIntents(): Promise<number> {
    for (const intent of [...this.open]) {
      if (await this.sender.pursue(intent, 1)) this.open.delete(intent);
    }
    return this.open.size;
  }

  private async change(
    draw: (course: Course) => CourseChange,
    course = this.clientModel.wanted(this.random),
  ): Promise<void> {
    const { id: courseId } = course;
    if (this.busy.has(courseId) || this.clientModel.isOver(courseId)) return;
    this.busy.add(courseId);
    const change = draw(course);
    const isEnd = 'status' in change && change.status === 'cancelled';
    if (isEnd) this.clientModel.end(courseId);
    const asked = { kind: 'change', actorId: this.registrarId, courseId, change } as const;
    const intent = this.journal.begin(asked, isEnd ? {} : { ifMatch: this.clientModel.versionOf(courseId) });
    const answer = await this.sender.pursue(intent, tries);
    if (answer?.status === 200 && 'status' in change) {
      if (change.status === 'open') this.closed.delete(courseId);
      else this.closed.add(courseId);
    }
    if (!answer) this.open.add(intent);
    else if (await this.refresh(courseId)) this.busy.delete(courseId);
  }

  /** The version as it is now: an earlier try may have raised it. */
  private async refresh(courseId: string): Promise<boolean> {
    const answer = await this.sender.read(
      this.registrarId,
      (api, token) => api.getCourse({ token, params: { id: courseId } }),
      this.sender.gateway,
    );
    if (!answer.ok) return false;
    this.clientModel.learnVersion(courseId, answer.body.version);
    return true;
  }
}
