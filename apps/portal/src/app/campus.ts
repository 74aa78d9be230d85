import { useApi } from '../api/queries.ts';

/** What the portal needs to know of its campus before it knows more. */
const unknownCampus = {
  name: 'Registrar',
  timeZone: 'UTC',
  locales: ['en', 'de'],
  registration: { selfService: true },
};

/** The campus: its name and time zone. */
export function useCampus(): typeof unknownCampus {
  return useApi('GET /api/campus', {}, { staleTime: Infinity }).data ?? unknownCampus;
}
