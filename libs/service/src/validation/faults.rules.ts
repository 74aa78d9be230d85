import type { SchemaIssue } from '@registrar/contracts-http';
import type { Fault } from '../problems/problem.ts';

type Issue = SchemaIssue & { code?: string; keys?: string[] };

/**
 * The faults of a refused input, one for each field. zod reports all unknown fields of an object as one issue:
 * each becomes a fault of its own, under its own path.
 */
export function faultsOf(issues: readonly SchemaIssue[]): Fault[] {
  return issues.flatMap((issue: Issue) => {
    const path = (issue.path ?? []).map((segment) =>
      String(typeof segment === 'object' ? segment.key : segment),
    );
    if (issue.code === 'unrecognized_keys' && issue.keys) {
      return unknownFields(issue.keys.map((key) => [...path, key].join('.')));
    }
    return [{ path: path.join('.'), message: issue.message }];
  });
}

/** A fault for each of `paths`, once. */
export function unknownFields(paths: Iterable<string>): Fault[] {
  return [...new Set(paths)].map((path) => ({ path, message: 'This field is not known.' }));
}
