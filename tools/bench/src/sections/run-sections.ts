import { makeDataset } from '../dataset/dataset.ts';
import { startGenerator } from '../load/start-generator.ts';
import { BenchSystem } from '../phases/bench-system.ts';
import type { Say } from '../phases/say.ts';
import { gatewayWay } from '../registration/gateway-way.ts';
import { bundleRushes } from './bundle-rushes.ts';
import { sectionCost } from './section-cost.ts';
import type { BundleRun, SectionCost } from './sections-result.ts';

const [wholeSize, quickSize] = [600, 60];

/** Measures what a seat in a section costs, on a system of its own. */
export function runSectionCost(quick: boolean, rounds: number, say: Say): Promise<SectionCost> {
  return costAlone(studentsOf(quick), 2 * (quick ? 1 : rounds), say);
}

/** Measures rushes for a lecture with one of its labs, on systems of their own. */
export async function runBundles(quick: boolean, rounds: number, say: Say): Promise<BundleRun[]> {
  say('a lecture with one of its labs for everybody, beside enrollments in other courses');
  const students = studentsOf(quick);
  const bundles: BundleRun[] = [];
  for (const instances of [1, 2])
    bundles.push(await bundleRushes({ students, instances }, quick ? 1 : rounds, say));
  return bundles;
}

function studentsOf(quick: boolean): number {
  return quick ? quickSize : wholeSize;
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
