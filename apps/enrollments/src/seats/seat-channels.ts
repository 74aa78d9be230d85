import { SeatChannel } from './seat-channel.ts';

const none: ReadonlySet<SeatChannel> = new Set();

/** The channels of an instance, by the courses that they show: streams of the same courses share one. */
export class SeatChannels {
  private readonly bySelection = new Map<string, SeatChannel>();
  private readonly selections = new Map<SeatChannel, readonly string[]>();
  private readonly byCourse = new Map<string, Set<SeatChannel>>();

  /** The channel of `courseIds`, which are distinct; a new one where there is none. */
  join(courseIds: readonly string[]): SeatChannel {
    const selection = selectionOf(courseIds);
    const existing = this.bySelection.get(selection);
    if (existing) return existing;
    const channel = new SeatChannel();
    this.bySelection.set(selection, channel);
    this.selections.set(channel, courseIds);
    for (const id of courseIds) this.byCourse.set(id, (this.byCourse.get(id) ?? new Set()).add(channel));
    return channel;
  }

  /** Forgets a channel that has no stream left. */
  delete(channel: SeatChannel): void {
    const courseIds = this.selections.get(channel);
    if (!courseIds) return;
    this.selections.delete(channel);
    this.bySelection.delete(selectionOf(courseIds));
    for (const id of courseIds) {
      const channels = this.byCourse.get(id);
      channels?.delete(channel);
      if (channels?.size === 0) this.byCourse.delete(id);
    }
  }

  /** The channels that show a course. */
  of(courseId: string): ReadonlySet<SeatChannel> {
    return this.byCourse.get(courseId) ?? none;
  }

  /** Every channel, in a list of its own: one may be deleted during the walk. */
  all(): SeatChannel[] {
    return [...this.selections.keys()];
  }

  /** Every course that a channel shows, once. */
  courseIds(): string[] {
    return [...this.byCourse.keys()];
  }
}

function selectionOf(courseIds: readonly string[]): string {
  return [...courseIds].sort().join(',');
}
