import { useApi } from '../api/queries.ts';

/** What the portal needs to know of its campus. */
interface KnownCampus {
  readonly name: string;
  /** IANA. */
  readonly timeZone: string;
  readonly locales: readonly string[];
  readonly registration: { readonly selfService: boolean };
  /** Ways to sign in. */
  readonly signIn?: readonly { readonly id: string; readonly kind: string; readonly name: string }[];
  /** Undefined while it is not known: also where this browser kept an answer of an earlier release. */
  readonly grading?: { readonly grades: string; readonly passMark: number };
}

const unknownCampus: KnownCampus = {
  name: 'Registrar',
  timeZone: 'UTC',
  locales: ['en', 'de'],
  registration: { selfService: true },
};

/** The campus: its name, time zone and grades. */
export function useCampus(): KnownCampus {
  return useApi('GET /api/campus', {}, { staleTime: Infinity }).data ?? unknownCampus;
}
