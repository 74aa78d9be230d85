import { makeDataset } from '../dataset/dataset.ts';
import { startGenerator } from '../load/start-generator.ts';
import { BenchSystem } from '../phases/bench-system.ts';
import type { Say } from '../phases/say.ts';
import { gatewayWay } from '../registration/gateway-way.ts';
import { bundleRushes } from './bundle-rushes.ts';
import { sectionCost } from './section-cost.ts';
import type { BundleRun, SectionCost, SectionsResult } from './sections-result.ts';

const [wholeSize, quickSize] = [600, 60];

/** Measures what sections cost, on systems of its own. */
export async function runSections(quick: boolean, rounds: number, say: Say): Promise<SectionsResult> {
  const students = quick ? quickSize : wholeSize;
  const rushes = quick ? 1 : rounds;
  const cost = await costAlone(students, 2 * rushes, say);
  say('a lecture with one of its labs for everybody, beside enrollments in other courses');
  const bundles: BundleRun[] = [];
  for (const instances of [1, 2]) bundles.push(await bundleRushes({ students, instances }, rushes, say));
  return { cost, bundles };
}

async function costAlone(students: number, turns: number, say: Say): Promise<SectionCost> {
  const { users } = makeDataset(students / 2_000, new Date());
  const generator = await startGenerator();
  const bench = await BenchSystem.start('bench-sections');
  try {
    const way = await gatewayWay(bench, users, { students, spreadCourses: 1, rushes: 0, aloneCourses: 0 });
    return await sectionCost({ bench, generator, say, users, way }, turns);
  } finally {
    await generator.stop();
    await bench.stop();
  }
}
