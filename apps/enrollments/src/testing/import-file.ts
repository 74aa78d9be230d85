import type { EnrollmentsSystem } from './enrollments-system.ts';
import { registrar } from './enrollments-system.ts';
import { requestText } from './text-answer.ts';

/** Sends a CSV file as a registrar; gives status and body. */
export async function importFile<T>(
  system: EnrollmentsSystem,
  path: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: T & { code: string; errors: { path: string; message: string }[] } }> {
  const call = {
    ...registrar,
    method: 'POST' as const,
    body,
    headers: { 'content-type': 'text/csv', ...headers },
  };
  const { status, text } = await requestText(system, path, call);
  return {
    status,
    body: JSON.parse(text) as T & { code: string; errors: { path: string; message: string }[] },
  };
}
