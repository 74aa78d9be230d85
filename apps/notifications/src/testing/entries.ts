import type { LedgerEntry } from '../ledger/ledger-entry.ts';

/** An entry for tests: somebody enrolled in CS 101, differing in `parts`. */
export function entry(parts: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    id: 'ntf_a',
    kind: 'enrolled',
    eventId: 'evt_a',
    eventAtMs: 1_700_000_000_000,
    recipientId: 'usr_a',
    inbox: true,
    category: 'enrollment',
    subject: 'Enrolled: CS 101',
    text: 'You have a seat in CS 101.',
    facts: {
      courseId: 'crs_a',
      enrollmentId: 'enr_a_a',
      code: 'CS 101',
      section: '1',
      title: 'Introduction',
      meetings: [],
      waitlistPosition: null,
      reason: null,
      byRegistrar: false,
    },
    ...parts,
  };
}
