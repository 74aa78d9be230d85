/** Most levels of a requirement; a leaf alone is one. */
export const maxRequirementLevels = 6;
/** Most objects in a requirement, leaves too. */
export const maxRequirementNodes = 60;

/** An issue of a union's option, as far as the fault depends on it. */
interface OptionIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * What is wrong with a part of a requirement that is none of the kinds of `fields`: where in it, and what.
 *
 * @param errors the issues of each kind, in the order of `fields`
 */
export function requirementFault(
  input: unknown,
  errors: readonly (readonly OptionIssue[])[],
  fields: readonly string[],
): string {
  const present = typeof input === 'object' && input !== null ? Object.keys(input) : [];
  const kinds = fields.filter((field) => present.includes(field));
  if (kinds.length > 1) return `Use only one of ${kinds.join(', ')} in a part of a requirement.`;
  const [kind] = kinds;
  if (kind === undefined) {
    return present.includes('all') || present.includes('any')
      ? `A requirement has at most ${maxRequirementLevels} levels.`
      : 'A part of a requirement is one of {"all": [...]}, {"any": [...]}, {"course": "..."}, {"credits": ...} and {"count": ..., "of": [...]}.';
  }
  const issue = errors[fields.indexOf(kind)]?.[0];
  if (!issue) return 'This part of a requirement is not valid.';
  if (issue.path.length === 0) return issue.message;
  const isPlaced = /^[A-Za-z0-9.]+: /.test(issue.message);
  return `${issue.path.join('.')}${isPlaced ? '.' : ': '}${issue.message}`;
}
