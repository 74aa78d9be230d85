import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { validationFailed } from '../problems/problem.ts';
import type { Fault } from '../problems/problem.ts';

type Issue = StandardSchemaV1.Issue & { code?: string; keys?: string[] };

/**
 * The faults of a refused input, one for each field. zod reports all unknown fields of an object as one issue:
 * each becomes a fault of its own, under its own path.
 */
export function faultsOf(issues: readonly StandardSchemaV1.Issue[]): Fault[] {
  return issues.flatMap((issue: Issue) => {
    const path = (issue.path ?? []).map((segment) =>
      String(typeof segment === 'object' ? segment.key : segment),
    );
    if (issue.code === 'unrecognized_keys' && issue.keys) {
      return issue.keys.map((key) => ({
        path: [...path, key].join('.'),
        message: 'This field is not known.',
      }));
    }
    return [{ path: path.join('.'), message: issue.message }];
  });
}

/**
 * Nest's pipe would take `__proto__`, `prototype` and `constructor` away before the schema sees them. Here a strict
 * schema refuses them, as any field that it does not know; what it lets through is a new object of known fields.
 */
class SchemaPipe extends StandardSchemaValidationPipe {
  protected override stripProtoKeys(): void {}
}

/**
 * Validates what a controller takes by the schema at the parameter (`@Body({ schema })`, `@Query({ schema })`).
 * Anything that does not fit is 422 `validation_failed` with every fault.
 */
export function validationPipe(): StandardSchemaValidationPipe {
  return new SchemaPipe({
    exceptionFactory: (issues) => validationFailed(faultsOf(issues)),
  });
}
