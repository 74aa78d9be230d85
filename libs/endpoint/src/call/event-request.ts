import { beginEventStream } from '@registrar/service';
import type { StreamSink } from '@registrar/service';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A request for server-sent events. */
export class EventRequest {
  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly cacheControl: string,
  ) {}

  /** `Last-Event-ID`, where the client resumes after an event. */
  get lastEventId(): string | undefined {
    return this.header('last-event-id');
  }

  /** The client's address that the gateway names, where it names one. */
  get forwardedFor(): string | undefined {
    return this.header('x-forwarded-for');
  }

  /** Begins the answer; undefined where no event can be sent: for HEAD, and a client that is gone. */
  begin(): StreamSink | undefined {
    return beginEventStream(this.request, this.reply, this.cacheControl);
  }

  /** Runs `end` when the client or the service ended the stream. */
  onClose(end: () => void): void {
    this.reply.raw.on('close', end);
  }

  private header(name: string): string | undefined {
    const value = this.request.headers[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
}
