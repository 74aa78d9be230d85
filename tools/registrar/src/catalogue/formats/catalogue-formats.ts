import { UsageFault } from '../../faults.ts';
import type { CatalogueFormat } from '../catalogue-format.ts';
import { claremontFormat } from './claremont.rules.ts';
import { courseBodiesFormat } from './course-bodies.rules.ts';
import { registrarFormat } from './registrar.rules.ts';
import { stolafFormat } from './stolaf.rules.ts';
import { ucsdFormat } from './ucsd.rules.ts';
import { umdFormat } from './umd.rules.ts';

/** Every format that is read. */
export const catalogueFormats: readonly CatalogueFormat[] = [
  registrarFormat,
  courseBodiesFormat,
  umdFormat,
  ucsdFormat,
  stolafFormat,
  claremontFormat,
];

/** @throws UsageFault for a name that no format has */
export function formatOf(name: string): CatalogueFormat {
  const found = catalogueFormats.find((format) => format.name === name);
  if (found) return found;
  throw new UsageFault(`--format is one of ${catalogueFormats.map((each) => each.name).join(', ')}.`);
}
