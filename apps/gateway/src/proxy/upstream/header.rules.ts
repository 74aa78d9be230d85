import type { IncomingHttpHeaders, OutgoingHttpHeader } from 'node:http';
import { withUpstreamTags } from './compression.ts';

/**
 * What of a client's request is handed on. Everything else stays here: hop-by-hop headers, and whatever a
 * client might send to pass for one of us (`x-forwarded-*`, `forwarded`, `x-registrar-*`).
 */
const handedOn = [
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'user-agent',
] as const;

/** What of a service's answer stays here: hop-by-hop headers, and what the gateway says itself. */
const kept = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'date',
  'server',
  'x-powered-by',
  'traceparent',
  'x-request-id',
  'x-content-type-options',
  'content-length',
]);

/** What the gateway itself sends to a service. */
interface HandedOn {
  traceparent: string;
  requestId: string;
  clientAddress: string;
}

/** The headers of a request to a service. */
export function requestHeaders(client: IncomingHttpHeaders, own: HandedOn): Record<string, string> {
  const headers: Record<string, string> = {
    traceparent: own.traceparent,
    'x-request-id': own.requestId,
    'x-forwarded-for': own.clientAddress,
  };
  for (const name of handedOn) {
    const value = client[name];
    if (typeof value === 'string') headers[name] = name === 'if-none-match' ? withUpstreamTags(value) : value;
  }
  return headers;
}

/**
 * The headers of a service's answer that the client gets.
 *
 * @param vary what the gateway's answer varies by already, which is sent too
 */
export function answerHeaders(
  upstream: Record<string, string | string[]>,
  vary?: OutgoingHttpHeader,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  const named = connectionOptions(upstream['connection']);
  for (const name in upstream) {
    const value = upstream[name];
    if (value !== undefined && !kept.has(name) && !named.includes(name)) headers[name] = value;
  }
  if (vary !== undefined) headers['vary'] = withFields(String(vary), upstream['vary']);
  return headers;
}

function withFields(vary: string, more: string | string[] = ''): string {
  const fields = `${vary},${String(more)}`.split(',').map((field) => field.trim());
  const known = fields.map((field) => field.toLowerCase());
  return fields.filter((field, at) => field !== '' && known.indexOf(known[at] ?? '') === at).join(', ');
}

function connectionOptions(value: string | string[] | undefined): string[] {
  if (value === undefined || value === 'keep-alive' || value === 'close') return [];
  return String(value)
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
}
