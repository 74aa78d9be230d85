import { describe } from 'vitest';
import { itCatches } from './testing/prove-small.ts';

describe('a small proof of a system whose events or caches are sabotaged', () => {
  itCatches(['lost-outbox'], 'sequences');
  itCatches(['stale-cache'], 'own-writes');
});
