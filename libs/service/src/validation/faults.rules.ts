import type { FaultCode, SchemaIssue } from '@registrar/contracts-http';
import type { Fault } from '../problems/problem.ts';

/** An issue as zod gives it, as far as a fault depends on it. */
type Issue = SchemaIssue & {
  readonly code?: string;
  readonly origin?: string;
  readonly keys?: readonly string[];
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly divisor?: number;
  /** Of a rule of ours. */
  readonly params?: { readonly code?: FaultCode };
};

/** What is counted in characters or items, not by value. */
const measured = new Set(['string', 'array', 'set', 'map', 'file']);

/** Codes of faults by zod's, where they do not depend on more. */
const codes: Readonly<Record<string, FaultCode>> = {
  invalid_type: 'invalid_type',
  invalid_format: 'invalid_format',
  not_multiple_of: 'not_multiple_of',
};

/**
 * The faults of a refused input, one for each field. zod reports all unknown fields of an object as one issue:
 * each becomes a fault of its own, under its own path.
 *
 * @param input what was refused: distinguishes a missing field from one of another type
 */
export function faultsOf(issues: readonly SchemaIssue[], input: unknown): Fault[] {
  return issues.flatMap((issue: Issue) => {
    const path = (issue.path ?? []).map((segment) =>
      String(typeof segment === 'object' ? segment.key : segment),
    );
    if (issue.code === 'unrecognized_keys' && issue.keys) {
      return unknownFields(issue.keys.map((key) => [...path, key].join('.')));
    }
    const params = paramsOf(issue);
    const code = codeOf(issue, valueAt(input, path) === undefined);
    return [{ path: path.join('.'), code, message: issue.message, ...(params && { params }) }];
  });
}

/** A fault for each of `paths`, once. */
export function unknownFields(paths: Iterable<string>): Fault[] {
  return [...new Set(paths)].map((path) => ({
    path,
    code: 'unknown_field',
    message: 'This field is not known.',
  }));
}

function codeOf({ code = '', origin = '', params }: Issue, isMissing: boolean): FaultCode {
  if (code === 'custom') return params?.code ?? 'invalid_value';
  if (isMissing) return 'required';
  if (code === 'too_small') return measured.has(origin) ? 'too_short' : 'too_small';
  if (code === 'too_big') return measured.has(origin) ? 'too_long' : 'too_big';
  return codes[code] ?? 'invalid_value';
}

function paramsOf({ code, minimum, maximum, divisor }: Issue): Fault['params'] {
  if (code === 'too_small' && minimum !== undefined) return { min: Number(minimum) };
  if (code === 'too_big' && maximum !== undefined) return { max: Number(maximum) };
  if (code === 'not_multiple_of' && divisor !== undefined) return { step: divisor };
  return undefined;
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    input,
  );
}
