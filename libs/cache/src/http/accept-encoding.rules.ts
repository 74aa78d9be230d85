import type { Coding } from '../record/cached-body.ts';

/** A content coding that can be sent, the plain form included. */
export type Encoding = Coding | 'identity';

/** Ours, the best first. */
const supportedEncodings: readonly Encoding[] = ['br', 'gzip', 'identity'];

/** Clients send the same few values again and again. */
const known = new Map<string, readonly Encoding[]>();

/**
 * The encodings a client takes (RFC 9110, 12.5.3), the best first: by its weight, then br, gzip, identity.
 * Identity is always among them: it is better than 406.
 */
export function acceptedEncodings(header: string | undefined): readonly Encoding[] {
  if (header === undefined) return ['identity'];
  const before = known.get(header);
  if (before) return before;
  const accepted = negotiate(header);
  if (known.size >= 64) known.clear();
  known.set(header, accepted);
  return accepted;
}

function negotiate(header: string): readonly Encoding[] {
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    if (name !== '') weights.set(name === 'x-gzip' ? 'gzip' : name, weightOf(parameters));
  }
  const others = weights.get('*');
  const weight = (encoding: Encoding): number =>
    weights.get(encoding) ?? (encoding === 'identity' ? Math.min(others ?? 0.001, 0.001) : (others ?? 0));
  const accepted = supportedEncodings
    .filter((encoding) => weight(encoding) > 0)
    .sort((a, b) => weight(b) - weight(a));
  return accepted.includes('identity') ? accepted : [...accepted, 'identity'];
}

function weightOf(parameters: readonly string[]): number {
  const q = parameters.find((parameter) => /^q\s*=/.test(parameter));
  if (q === undefined) return 1;
  const weight = Number(q.slice(q.indexOf('=') + 1));
  return weight >= 0 && weight <= 1 ? weight : 0;
}
