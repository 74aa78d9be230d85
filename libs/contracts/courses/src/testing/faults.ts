import type { z } from 'zod';

/** Where and why a schema refuses a value: `tickets.0.name: too_small`; none where it takes it. */
export function faultsOf(schema: z.ZodType, value: unknown): string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.map((issue) => {
    const code = issue.code === 'custom' ? String(issue.params?.['code']) : issue.code;
    return `${issue.path.join('.')}: ${code}`;
  });
}
