import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpDouble } from '@registrar/testing';

/** What enrollments answers about permits, as a test sets it. */
export class FakeEnrollments extends HttpDouble {
  /** Words by the id of the permit or the request. */
  readonly notes = new Map<string, string>();
  /** Answers 503 to everything while it is set. */
  away = false;
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];

  constructor() {
    super((request, response) => this.answer(request, response));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.asked.push(path);
    if (this.away) return void response.writeHead(503).end('{}');
    const note = this.notes.get(path.split('/')[3] ?? '');
    response.writeHead(note === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(note === undefined ? { code: 'permit_not_found' } : { note }));
  }
}
