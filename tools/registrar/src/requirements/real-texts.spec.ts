import type { Requirement } from '@registrar/eligibility';
import { describe, expect, it } from 'vitest';
import { sharedFile } from '../testing/shared-data.ts';
import { parseRequirement } from './parse-requirement.rules.ts';

interface Section {
  readonly crn: string;
  readonly body: { readonly prerequisites: readonly string[] };
  readonly prereqText: string | null;
  readonly losses: readonly string[];
}

interface UmdCourse {
  readonly relationships: { readonly prereqs: string | null };
}

const rpi = sharedFile('catalogues/rpi-fall-2024.registrar.ndjson');
const ucsd = sharedFile('catalogues/ucsd-courses.tsv');
const umd = sharedFile('catalogues/umd-2020-summer.json');

function sections(): Section[] {
  const lines = rpi.content().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Section);
}

const isText = (text: string | null | undefined): text is string =>
  text !== null && text !== undefined && text !== '';

const catalogues = [
  {
    name: 'RPI, sections of fall 2024',
    file: rpi,
    // A share that sinks below this has lost a form that a catalogue writes.
    floor: 0.67,
    texts: () => sections().map(({ prereqText }) => prereqText),
  },
  {
    name: 'UCSD, courses (most ask for a standing, a major or consent)',
    file: ucsd,
    floor: 0.25,
    texts: () =>
      ucsd
        .content()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t')[3]),
  },
  {
    name: 'UMD, courses of summer 2020',
    file: umd,
    floor: 0.7,
    texts: () => (JSON.parse(umd.content()) as UmdCourse[]).map(({ relationships }) => relationships.prereqs),
  },
];

describe.each(catalogues)('the catalogue of $name', ({ name, file, floor, texts }) => {
  it.skipIf(!file.isThere)('is read in so large a part', () => {
    const all = texts().filter(isText);
    const read = all.filter((text) => parseRequirement(text).isRead);
    const share = read.length / all.length;
    process.stdout.write(
      `${name}: ${read.length} of ${all.length} texts read (${(100 * share).toFixed(1)} %)\n`,
    );
    expect(share).toBeGreaterThanOrEqual(floor);
  });

  it.skipIf(!file.isThere)(
    'loses no course of a text that is read: each is in the requirement, or in a note',
    () => {
      for (const text of new Set(texts().filter(isText))) {
        const reading = parseRequirement(text);
        if (!reading.isRead) continue;
        const kept = JSON.stringify(reading);
        for (const [number] of text.matchAll(/(?<![\w.])\d+[A-Z]{0,3}\b/g)) {
          const isAmount = kept.includes(`:${number}`) || /^1$/.test(number);
          expect([text, number, isAmount || kept.includes(number)]).toEqual([text, number, true]);
        }
      }
    },
  );
});

/** Codes of a requirement that asks for all of them, and for nothing else. */
function plainCodes(requirement: Requirement | null): string[] | undefined {
  const children = requirement && 'all' in requirement ? requirement.all : requirement ? [requirement] : [];
  const codes = children.flatMap((child) =>
    'course' in child && !child.concurrent && child.minGrade === undefined ? [child.course] : [],
  );
  return codes.length === children.length ? codes.sort() : undefined;
}

describe('texts that only list courses', () => {
  it.skipIf(!rpi.isThere)('are read as the list that others made of them', () => {
    let compared = 0;
    for (const { crn, body, prereqText, losses } of sections()) {
      const isPlain = body.prerequisites.length > 0 && !losses.some((loss) => /^prereq|class/.test(loss));
      const reading =
        isPlain && isText(prereqText) ? parseRequirement(prereqText, { separator: '-' }) : undefined;
      // They took advice for requirements, and did not read footnotes.
      if (
        !reading?.isRead ||
        prereqText?.includes('*') ||
        reading.notes.some((note) => note.startsWith('Asks for nothing'))
      )
        continue;
      compared += 1;
      expect([crn, plainCodes(reading.requirement)]).toEqual([crn, [...body.prerequisites].sort()]);
    }
    expect(compared).toBeGreaterThan(200);
  });
});
