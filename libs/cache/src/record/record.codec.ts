import type { VersionVector } from '../versions/version-vector.rules.ts';
import { formatVersions, parseVersions } from '../versions/version-vector.rules.ts';
import { CachedBody } from './cached-body.ts';
import type { CacheRecord } from './cache-record.ts';

/** What Redis holds for a key: a record of an epoch, or a tombstone (no record, versions only). */
export interface StoredRecord {
  readonly versions: VersionVector;
  readonly epoch: string;
  /** Undefined for a tombstone. */
  readonly record: CacheRecord | undefined;
}

const lineFeed = 0x0a;

/**
 * A record as Redis keeps it: one line `kind epoch freshUntil tag versions`, then the body's bytes.
 * Kinds: `E` a body, `M` known to be missing, `T` a tombstone. The versions come last, for Lua's sake.
 */
export function encodeRecord(record: CacheRecord, epoch: string): Buffer {
  const kind = record.body ? 'E' : 'M';
  const tag = record.body?.tag ?? '-';
  const line = `${kind} ${epoch} ${Math.round(record.freshUntil)} ${tag} ${formatVersions(record.versions)}\n`;
  const head = Buffer.from(line, 'latin1');
  return record.body ? Buffer.concat([head, record.body.bytes]) : head;
}

/** What `encodeRecord` or the script wrote; undefined where the bytes are anything else. */
export function decodeRecord(bytes: Buffer): StoredRecord | undefined {
  const end = bytes.indexOf(lineFeed);
  if (end < 0) return undefined;
  const [kind, epoch = '', freshUntil, tag = '', text = ''] = bytes.toString('latin1', 0, end).split(' ');
  const versions = parseVersions(text);
  if (versions === undefined) return undefined;
  if (kind === 'T') return { versions, epoch, record: undefined };
  if (kind !== 'E' && kind !== 'M') return undefined;
  const body = kind === 'E' ? CachedBody.of(bytes.subarray(end + 1), tag) : undefined;
  return { versions, epoch, record: { versions, body, freshUntil: Number(freshUntil) } };
}
