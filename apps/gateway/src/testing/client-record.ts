import type { ClientRecord } from '../identity/clients/client.ts';

/** An API client for tests; `fields` say what matters. */
export function clientRecord(fields: Partial<ClientRecord> = {}): ClientRecord {
  return {
    id: 'client_a',
    name: 'Learning platform',
    scopes: ['enrollments.read'],
    secrets: [],
    createdAt: '2026-11-02T08:00:00.000Z',
    version: 1,
    tokenVersion: 1,
    lastUsedAt: null,
    ...fields,
  };
}
