import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { overloaded, toProblem } from '@registrar/service';
import { LoadShedder } from '../admission/load-shedder.ts';
import { RevocableVerifier } from '../../identity/index.ts';
import type { ProxiedRoute } from '../../routes/routes.ts';
import { FrontMetrics } from './front-metrics.ts';
import { answerMade } from './answer-made.ts';
import { noteBody } from './own-bodies.ts';
import { sendProblem } from '../visit/problem-answer.ts';
import { RequestBodies } from './request-bodies.ts';
import { safetyHeaders } from '../../http/safety-headers.ts';
import { rateHeaders } from '../visit/visit.ts';
import type { Visit } from '../visit/visit.ts';

/** Nest's own listener, for what the gateway answers itself. */
export type OwnListener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Runs what answers a request, and counts it as under way meanwhile.
 *
 * Guarantee: a request is under way from when its body is whole until its answer is made; a client that sends or
 * reads slowly is not counted. A token that ended while the body arrived does nothing: 401.
 * Failure: problem details.
 */
@Injectable()
export class RequestRunner {
  constructor(
    private readonly shedder: LoadShedder,
    private readonly bodies: RequestBodies,
    private readonly metrics: FrontMetrics,
    private readonly verifier: RevocableVerifier,
  ) {}

  /** Runs `todo` with the body that `route` takes; without a route it takes none. @throws Problem 415 */
  run(visit: Visit, todo: (body?: Buffer) => Promise<void>, route?: ProxiedRoute): void {
    const arriving = route && this.bodies.ofRoute(visit.request, route);
    if (!arriving) return this.work(visit, todo());
    void this.whenWhole(visit, arriving, (body) => this.work(visit, todo(body)));
  }

  /** Has the gateway's own routes answer, by Nest. */
  pass(visit: Visit, own: OwnListener): void {
    this.setHeaders(visit);
    const arriving = this.bodies.ofOwn(visit.request);
    if (!arriving) return this.hand(visit, own);
    void this.whenWhole(visit, arriving, (body) => {
      noteBody(visit.request, body);
      this.hand(visit, own);
    });
  }

  /** Sets what every answer of the gateway's own routes carries: safety, and how much more may be asked for. */
  setHeaders(visit: Visit): void {
    for (const [name, value] of Object.entries({ ...safetyHeaders, ...rateHeaders(visit) }))
      visit.response.setHeader(name, value);
  }

  /** Answers with what went wrong before any work. */
  refuse(visit: Visit, error: unknown): void {
    this.metrics.refuse(toProblem(error));
    sendProblem(visit.request, visit.response, error, rateHeaders(visit));
  }

  private async whenWhole(
    visit: Visit,
    arriving: Promise<Buffer>,
    next: (body: Buffer) => void,
  ): Promise<void> {
    try {
      const body = await arriving;
      if (visit.response.destroyed) return;
      if (this.shedder.overloaded) throw overloaded();
      if (visit.identity) this.verifier.refuseEnded(visit.identity);
      next(body);
    } catch (error) {
      this.refuse(visit, error);
    }
  }

  private work(visit: Visit, answering: Promise<void>): void {
    const since = performance.now();
    this.shedder.inFlight += 1;
    answering
      .catch((error: unknown) => sendProblem(visit.request, visit.response, error, rateHeaders(visit)))
      .finally(() => {
        this.shedder.inFlight -= 1;
        this.metrics.answered(visit, since);
      });
  }

  private hand({ request, response }: Visit, own: OwnListener): void {
    this.shedder.inFlight += 1;
    let isCounted = true;
    const over = () => {
      if (isCounted) this.shedder.inFlight -= 1;
      isCounted = false;
    };
    response.once(answerMade, over);
    response.once('close', over);
    own(request, response);
  }
}
