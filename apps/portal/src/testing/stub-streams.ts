import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StubCampus } from './stub-campus.ts';
import type { Notification } from './stub-data.ts';
import type { StubSessions } from './stub-sessions.ts';

/** A stream that a tab holds open. */
export interface OpenStream {
  readonly kind: 'seats' | 'notifications';
  readonly courseIds: readonly string[];
  readonly lastEventId: string | undefined;
  readonly response: ServerResponse;
}

/** The server-sent streams: seats of courses, and own notifications. */
export class StubStreams {
  /** Streams that are open now. */
  readonly open = new Set<OpenStream>();
  private readonly campus: StubCampus;

  constructor(campus: StubCampus) {
    this.campus = campus;
  }

  /** How many streams of that kind are open. */
  count(kind: OpenStream['kind']): number {
    return [...this.open].filter((stream) => stream.kind === kind).length;
  }

  /** Sends the counts of a course to every stream that watches it. */
  publishSeats(courseId: string): void {
    const seats = this.campus.seatsOf(courseId);
    for (const { kind, courseIds, response } of this.open)
      if (kind === 'seats' && courseIds.includes(courseId)) write(response, 'seats', seats.version, seats);
  }

  /** Sends a notification to every stream of notifications. */
  publishNotification(notification: Notification): void {
    for (const { kind, response } of this.open)
      if (kind === 'notifications') write(response, 'notification', notification.id, notification);
  }

  /** Ends every stream, as a server that stops does. */
  endAll(): void {
    for (const { response } of this.open) response.end();
  }

  /** Answers where the request is for a stream; gives whether it was. @throws Refusal */
  answerStream(
    name: string,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
    sessions: StubSessions,
  ): boolean {
    const kind = name === 'GET /api/seats/stream' ? 'seats' : 'notifications';
    if (kind === 'notifications' && name !== 'GET /api/notifications/stream') return false;
    if (kind === 'notifications') sessions.check(request);
    const courseIds = kind === 'seats' ? (url.searchParams.get('courseIds') ?? '').split(',') : [];
    const first = courseIds.map((id) => this.campus.seatsOf(id));
    const header = request.headers['last-event-id'];
    const lastEventId = typeof header === 'string' ? header : undefined;
    const stream: OpenStream = { kind, courseIds, lastEventId, response };
    this.open.add(stream);
    response.on('close', () => this.open.delete(stream));
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(': open\n\n');
    for (const seats of first) write(response, 'seats', seats.version, seats);
    return true;
  }
}

function write(response: ServerResponse, event: string, id: string | number, data: unknown): void {
  response.write(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
}
