import type { Identity } from '@registrar/auth';
import type { ReadAudit, Route } from '@registrar/contracts-http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { exchangeOf } from '../call/read-call.ts';

/** A read of somebody's data by somebody else, that succeeded and is not answered yet. */
export interface AuditedRead {
  /** What it is called, such as `roster_read`. */
  readonly action: string;
  readonly user: Identity;
  /** Whose data; undefined where they are of several people. */
  readonly subjectId: string | undefined;
  readonly request: FastifyRequest;
}

/** Records a read; the answer waits for it, and where it fails the caller gets no data. */
export type ReadRecorder = (read: AuditedRead) => Promise<void>;

const recorderKey = Symbol('recorder of reads');

/** Has `recorder` record the reads of an app's routes that their contracts say are audited. */
export function recordReadsBy(fastify: FastifyInstance, recorder: ReadRecorder): void {
  Object.assign(fastify, { [recorderKey]: recorder });
}

/** A call of a route, as the recording sees it. */
interface AuditedCall {
  readonly user: Identity | undefined;
  readonly params: object;
  readonly query: object;
}

/**
 * Records reads of a route by others than the subject.
 *
 * @returns undefined where the route says nothing of it, so that its calls take no more work
 * @throws Error, from the function, where the app has no recorder
 */
export function readAuditOf({ id, audit }: Route): ((call: object) => Promise<void>) | undefined {
  if (!audit) return undefined;
  return async (call) => {
    const { user, params, query } = call as AuditedCall;
    const subjectId = subjectOf(audit, params, query);
    if (!user || user.id === subjectId) return;
    const { request } = exchangeOf(call);
    const recorder = (request.server as { [recorderKey]?: ReadRecorder })[recorderKey];
    if (!recorder) throw new Error(`Nothing records the reads of ${id}: import AuditModule.`);
    await recorder({ action: audit.read, user, subjectId, request });
  };
}

function subjectOf({ subject }: ReadAudit, params: object, query: object): string | undefined {
  return subject?.({
    params: params as Readonly<Record<string, string>>,
    query: query as Readonly<Record<string, unknown>>,
  });
}
