import { Problem } from '@registrar/service';

/** 400 for a target that two readers could understand differently. */
export const invalidPath = new Problem(
  400,
  'invalid_path',
  'This path can be understood in more than one way.',
);
