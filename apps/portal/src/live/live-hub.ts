import { requestOf, sendRequest } from '../api/client.ts';
import { makeKey } from '../api/key.ts';
import { holdStream } from './event-stream.ts';
import type { StreamEvent } from './event-stream.ts';

/** What streams bring, in every tab. */
export type LiveEvent =
  | { readonly kind: 'seats'; readonly data: Seats }
  | { readonly kind: 'notification'; readonly data: unknown }
  | { readonly kind: 'alive'; readonly stream: StreamName; readonly atMs: number };

/** Counts of one course, as the seats stream sends them. */
export interface Seats {
  readonly courseId: string;
  readonly capacity: number;
  readonly enrolledCount: number;
  readonly waitlistedCount: number;
  readonly seatsAvailable: number;
  /** Free seats that are not reserved; undefined from a server of an earlier release. */
  readonly generalAvailable?: number;
  /** In the course's order. */
  readonly reservations?: readonly ReservedSeats[];
  readonly version: number;
}

/** Seats that are kept for some students, and how many of them are free. */
export interface ReservedSeats {
  readonly name: string;
  readonly seats: number;
  readonly available: number;
  readonly releasesAt: string | null;
}

/** A stream that the leader holds. */
export type StreamName = 'seats' | 'notifications';

/** What one tab wants to hear live. */
interface Wish {
  readonly courseIds: readonly string[];
  /** The signed-in user, whose notifications it shows. */
  readonly userId: string | undefined;
}

type Message =
  | { readonly kind: 'event'; readonly event: LiveEvent }
  | { readonly kind: 'wish'; readonly tab: string; readonly wish: Wish }
  | { readonly kind: 'leader' }
  | { readonly kind: 'bye'; readonly tab: string };

const leaderLock = 'registrar:live-leader';
const tabLock = (tab: string) => `registrar:live-tab:${tab}`;
const mostCourses = 100;
const settleMs = 150;
const pruneEveryMs = 10_000;

/**
 * Live events of all tabs of this browser over two connections: one tab leads (Web Locks), holds the streams that any
 * tab wants, and relays what they bring (BroadcastChannel).
 *
 * Guarantee: when the leader closes or crashes, another tab takes over and opens the streams again.
 * Failure: without Web Locks or BroadcastChannel each tab holds its own streams.
 */
export class LiveHub {
  private readonly tab = makeKey();
  private readonly wishes = new Map<string, Wish>();
  private readonly listeners = new Set<(event: LiveEvent) => void>();
  private readonly wanted = new Map<symbol, readonly string[]>();
  private readonly channel =
    'BroadcastChannel' in globalThis ? new BroadcastChannel('registrar:live') : undefined;
  private userId: string | undefined;
  private isLeader = false;
  private open: Partial<Record<StreamName, { readonly topic: string; readonly close: () => void }>> = {};
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Joins the tabs of this browser. */
  start(): void {
    if (this.channel === undefined || !('locks' in navigator)) {
      this.lead();
      return;
    }
    this.channel.onmessage = ({ data }) => this.receive(data as Message);
    void navigator.locks.request(tabLock(this.tab), () => new Promise(() => undefined));
    void navigator.locks.request(leaderLock, () => {
      this.lead();
      return new Promise(() => undefined);
    });
    addEventListener('pagehide', () =>
      this.channel?.postMessage({ kind: 'bye', tab: this.tab } satisfies Message),
    );
    addEventListener('pageshow', () => this.announceWish());
  }

  /** Calls back with what comes. Returns the way to stop. */
  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Wants counts of these courses until the returned function is called. Beyond 100 the last ones are left out. */
  watchCourses(courseIds: readonly string[]): () => void {
    const part = Symbol();
    this.wanted.set(part, courseIds);
    this.announceWish();
    return () => {
      this.wanted.delete(part);
      this.announceWish();
    };
  }

  /** Wants notifications of that user, or of nobody. */
  watchUser(userId: string | undefined): void {
    this.userId = userId;
    this.announceWish();
  }

  private announceWish(): void {
    const courseIds = [...new Set([...this.wanted.values()].flat())].slice(0, mostCourses);
    const wish = { courseIds, userId: this.userId };
    this.wishes.set(this.tab, wish);
    if (this.isLeader) this.adjustSoon();
    else this.channel?.postMessage({ kind: 'wish', tab: this.tab, wish } satisfies Message);
  }

  private receive(message: Message): void {
    switch (message.kind) {
      case 'event':
        this.notify(message.event);
        break;
      case 'leader':
        this.announceWish();
        break;
      case 'wish':
        this.wishes.set(message.tab, message.wish);
        if (this.isLeader) this.adjustSoon();
        break;
      case 'bye':
        this.wishes.delete(message.tab);
        if (this.isLeader) this.adjustSoon();
        break;
    }
  }

  private lead(): void {
    this.isLeader = true;
    this.channel?.postMessage({ kind: 'leader' } satisfies Message);
    this.announceWish();
    setInterval(() => void this.dropClosedTabs(), pruneEveryMs);
  }

  /** A crashed tab says no goodbye, but its lock is gone. */
  private async dropClosedTabs(): Promise<void> {
    if (!('locks' in navigator)) return;
    const { held = [] } = await navigator.locks.query();
    const names = new Set(held.map(({ name }) => name));
    for (const tab of this.wishes.keys())
      if (tab !== this.tab && !names.has(tabLock(tab))) this.wishes.delete(tab);
    this.adjustSoon();
  }

  private adjustSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.adjust(), settleMs);
  }

  private adjust(): void {
    const all = [...this.wishes.values()];
    const courseIds = [...new Set(all.flatMap((wish) => wish.courseIds))]
      .sort()
      .slice(0, mostCourses)
      .join(',');
    const userId = all.find((wish) => wish.userId !== undefined)?.userId ?? '';
    this.hold('seats', courseIds, () => this.openSeats(courseIds));
    this.hold('notifications', userId, () => this.openNotifications());
  }

  /** Keeps the stream of that name open about `topic`; an empty one closes it. */
  private hold(name: StreamName, topic: string, open: () => () => void): void {
    if ((this.open[name]?.topic ?? '') === topic) return;
    this.open[name]?.close();
    if (topic === '') delete this.open[name];
    else this.open[name] = { topic, close: open() };
  }

  private openSeats(courseIds: string): () => void {
    const request = { method: 'GET', target: `/api/seats/stream?courseIds=${courseIds}` };
    return holdStream({
      open: (_, signal) => sendRequest(request, signal),
      alive: () => this.relay({ kind: 'alive', stream: 'seats', atMs: Date.now() }),
      event: ({ type, data }: StreamEvent) => {
        if (type === 'seats') this.relay({ kind: 'seats', data: data as Seats });
      },
    });
  }

  private openNotifications(): () => void {
    const request = requestOf('GET /api/notifications/stream', {});
    return holdStream({
      open: (lastEventId, signal) =>
        sendRequest(
          { ...request, ...(lastEventId && { headers: { 'last-event-id': lastEventId } }) },
          signal,
        ),
      alive: () => this.relay({ kind: 'alive', stream: 'notifications', atMs: Date.now() }),
      event: ({ type, data }: StreamEvent) => {
        if (type === 'notification') this.relay({ kind: 'notification', data });
      },
    });
  }

  private relay(event: LiveEvent): void {
    this.notify(event);
    this.channel?.postMessage({ kind: 'event', event } satisfies Message);
  }

  private notify(event: LiveEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

/** The live hub of this tab. */
export const liveHub = new LiveHub();
