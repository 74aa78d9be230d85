import type { RequestListener } from 'node:http';
import { Injectable } from '@nestjs/common';
import { overloaded, toProblem, unauthorized } from '@registrar/service';
import { LoadShedder } from '../admission/load-shedder.ts';
import { RevocableVerifier } from '../../identity/index.ts';
import type { ProxiedRoute } from '../../routes/routes.ts';
import { ProxyMetrics } from './proxy-metrics.ts';
import { answerMade } from './answer-made.ts';
import { noteBody } from './own-bodies.ts';
import { sendProblem } from '../request-context/problem-response.ts';
import { RequestBodies } from './request-bodies.ts';
import { safetyHeaders } from '../../http/safety-headers.ts';
import { rateHeaders } from '../request-context/request-context.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/**
 * Runs the work for a request, and counts the request as in flight until it ends.
 *
 * Guarantee: a request is in flight from when its body is complete until its response is made; a client that sends or
 * reads slowly is not counted. A token that expired or was revoked while the body arrived is refused with 401.
 * Failure: problem details.
 */
@Injectable()
export class RequestRunner {
  constructor(
    private readonly shedder: LoadShedder,
    private readonly bodies: RequestBodies,
    private readonly metrics: ProxyMetrics,
    private readonly verifier: RevocableVerifier,
  ) {}

  /** Runs `work` with the body that `route` takes; without a route it takes none. @throws Problem 415 */
  answerWith(context: RequestContext, work: (body?: Buffer) => Promise<void>, route?: ProxiedRoute): void {
    const arriving = route && this.bodies.ofRoute(context.request, route);
    if (!arriving) return this.track(context, work());
    void this.whenWhole(context, arriving, (body) => this.track(context, work(body)));
  }

  /** Has the gateway's own routes answer, by Nest. @throws Problem 401, 415 for a route that takes a file */
  passToNest(context: RequestContext, nest: RequestListener): void {
    const { lookup } = context.match;
    const route = lookup.kind === 'route' ? lookup.route : undefined;
    // A file is only read for who may send one at all.
    if (typeof route?.body === 'string' && route.caller !== 'anonymous' && !context.identity)
      throw unauthorized();
    this.setHeaders(context);
    const arriving = this.bodies.ofOwn(context.request, route);
    if (!arriving) return this.handToNest(context, nest);
    void this.whenWhole(context, arriving, (body) => {
      noteBody(context.request, body);
      this.handToNest(context, nest);
    });
  }

  /** Sets what every answer of the gateway's own routes carries: safety, and how much more may be asked for. */
  setHeaders(context: RequestContext): void {
    for (const [name, value] of Object.entries({ ...safetyHeaders, ...rateHeaders(context) }))
      context.response.setHeader(name, value);
  }

  /** Answers with what went wrong before any work. */
  refuse(context: RequestContext, error: unknown): void {
    this.metrics.refuse(toProblem(error));
    sendProblem(context.request, context.response, error, rateHeaders(context));
  }

  private async whenWhole(
    context: RequestContext,
    arriving: Promise<Buffer>,
    next: (body: Buffer) => void,
  ): Promise<void> {
    try {
      const body = await arriving;
      if (context.response.destroyed) return;
      if (this.shedder.overloaded) throw overloaded();
      if (context.identity) this.verifier.refuseEnded(context.identity);
      next(body);
    } catch (error) {
      this.refuse(context, error);
    }
  }

  private track(context: RequestContext, answering: Promise<void>): void {
    const since = performance.now();
    this.shedder.inFlight += 1;
    answering
      .catch((error: unknown) => this.fail(context, error))
      .finally(() => {
        this.shedder.inFlight -= 1;
        this.metrics.answered(context, since);
      });
  }

  /** Answers with what went wrong; a service may have been spared a request that came to it too late. */
  private fail(context: RequestContext, error: unknown): void {
    const problem = toProblem(error);
    if (problem.code === 'overloaded') this.metrics.refuse(problem);
    sendProblem(context.request, context.response, error, rateHeaders(context));
  }

  private handToNest({ request, response }: RequestContext, nest: RequestListener): void {
    this.shedder.inFlight += 1;
    let isCounted = true;
    const over = () => {
      if (isCounted) this.shedder.inFlight -= 1;
      isCounted = false;
    };
    response.once(answerMade, over);
    response.once('close', over);
    nest(request, response);
  }
}
