import fc from 'fast-check';
import type { Requirement } from '../requirement.rules.ts';

const codes = fc.constantFrom('A 1', 'A 2', 'B 1', 'B 2', 'C 1');
const patterns = fc.uniqueArray(fc.oneof(codes, fc.constantFrom('A *', 'B *', 'C 1*')), {
  minLength: 1,
  maxLength: 3,
});

const leaves: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record(
    { course: codes, minGrade: fc.constantFrom('A', 'B-', 'C'), concurrent: fc.constant(true as const) },
    { requiredKeys: ['course'] },
  ),
  fc.record({ credits: fc.integer({ min: 1, max: 40 }), of: patterns }, { requiredKeys: ['credits'] }),
  fc.record({ count: fc.integer({ min: 1, max: 4 }), of: patterns }),
);

/** Requirements of up to four levels over five codes. */
export const requirementTrees: fc.Arbitrary<Requirement> = fc.letrec<{ tree: Requirement }>((tie) => {
  const children = fc.array(tie('tree'), { minLength: 1, maxLength: 3 });
  return {
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaves,
      children.map((all): Requirement => ({ all })),
      children.map((any): Requirement => ({ any })),
    ),
  };
}).tree;
