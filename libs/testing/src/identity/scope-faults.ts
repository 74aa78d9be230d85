import { randomUUID } from 'node:crypto';
import { isInternal, requestOf, scopeNames } from '@registrar/contracts-http';
import type { AnyAsk, Route, Routes, Scope } from '@registrar/contracts-http';
import type { TestIssuer } from './test-issuer.ts';

/**
 * Calls every route of a service, with the example of its contract, as an API client that has every scope but the
 * route's, and as one that has that scope alone.
 *
 * @param origin of the service itself, without a gateway before it
 * @returns each route that answers a client without the scope, or refuses one with it; empty where scopes are enforced
 */
export async function scopeFaults(routes: Routes, origin: string, issuer: TestIssuer): Promise<string[]> {
  const faults: string[] = [];
  for (const route of Object.values(routes)) {
    if (route.caller === 'anonymous' || isInternal(route)) continue;
    const others = scopeNames.filter((name) => name !== route.scope);
    const without = await ask(route, origin, issuer.clientBearer(others));
    if (route.caller === 'public' ? !isLetIn(without) : !isRefused(without, route.scope))
      faults.push(`${route.id} without its scope: ${without.status} ${without.challenge}`);
    if (route.scope === undefined) continue;
    const withScope = await ask(route, origin, issuer.clientBearer([route.scope]));
    if (!isLetIn(withScope)) faults.push(`${route.id} with its scope: ${withScope.status}`);
  }
  return faults;
}

interface Answered {
  status: number;
  challenge: string | null;
}

/** One call; of a stream only the head is awaited. */
async function ask(route: Route, origin: string, headers: { authorization: string }): Promise<Answered> {
  const { params = {}, query = {}, body } = route.examples ?? {};
  const asked: AnyAsk = { params, query, body, key: randomUUID(), ifMatch: '"1"', headers };
  const { method, target, headers: sent, body: content } = requestOf(route, asked as never);
  const ended = new AbortController();
  const answer = await fetch(`${origin}${target}`, {
    method,
    headers: sent,
    body: (content ?? null) as NonNullable<RequestInit['body']> | null,
    signal: ended.signal,
  });
  const { status } = answer;
  const challenge = answer.headers.get('www-authenticate');
  ended.abort();
  return { status, challenge };
}

function isLetIn({ status }: Answered): boolean {
  return status < 500 && status !== 401 && status !== 403;
}

function isRefused({ status, challenge }: Answered, scope: Scope | undefined): boolean {
  const named = scope === undefined ? '' : `, scope="${scope}"`;
  return status === 403 && challenge === `Bearer error="insufficient_scope"${named}`;
}
