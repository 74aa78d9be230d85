import type { Scope } from '@registrar/contracts-http';
import type { ApiClient } from '@registrar/contracts-gateway';
import { rowCodec, shardOf } from '@registrar/dynamodb';

/** A secret as it is kept: its hash alone. */
export interface StoredSecret {
  id: string;
  /** SHA-256 of the secret, base64url. */
  hash: string;
  /** RFC 3339. */
  createdAt: string;
}

/** An API client as it is kept. */
export interface ClientRecord {
  id: string;
  name: string;
  scopes: Scope[];
  secrets: StoredSecret[];
  /** RFC 3339. */
  createdAt: string;
  /** Grows by one with each change of name, scopes or secrets. */
  version: number;
  /** In every token: tokens with a lower version than a revocation's are revoked. */
  tokenVersion: number;
  /** When it last got a token, RFC 3339, a minute late at most; null where it never did. */
  lastUsedAt: string | null;
}

const clientRow = rowCodec<ClientRecord>()({
  id: 'id',
  name: 'name',
  scopes: 'scopes',
  secrets: 'secrets',
  createdAt: 'created_at',
  version: 'version',
  tokenVersion: 'token_version',
  lastUsedAt: 'last_used_at',
});

/** An item of the `clients` table. */
export type ClientItem = ReturnType<typeof clientRow.toItem> & {
  /** Key of the index that lists clients. */
  list_shard: string;
  /** Time and id: sorts it. */
  created_key: string;
};

/** A client as the table keeps it. */
export function itemOf(client: ClientRecord): ClientItem {
  const { id, createdAt } = client;
  return { ...clientRow.toItem(client), list_shard: shardOf(id), created_key: `${createdAt}#${id}` };
}

/** An item of the table as a client. */
export const recordOf = (item: ClientItem): ClientRecord => clientRow.fromItem(item);

/** A client as admins see it. */
export function clientOf({ id, name, scopes, createdAt, lastUsedAt, secrets }: ClientRecord): ApiClient {
  const shown = secrets.map((secret) => ({ id: secret.id, createdAt: secret.createdAt }));
  return { id, name, scopes, createdAt, lastUsedAt, secrets: shown };
}
