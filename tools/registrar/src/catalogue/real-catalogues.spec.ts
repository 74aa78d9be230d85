import { describe, expect, it } from 'vitest';
import { sharedFile } from '../testing/shared-data.ts';
import { formatOf } from './formats/catalogue-formats.ts';
import { shareOf } from './held-share.rules.ts';
import { judgeSections } from './judge-sections.rules.ts';
import type { UnreadRules } from './text-rules.rules.ts';

const filesOf = (...names: string[]) => names.map((name) => ({ name, ...sharedFile(`catalogues/${name}`) }));

const claremont = ['section', 'section-schedule'].map((table) => `claremont-sp2024-course-${table}.json`);

/**
 * What is held of real semesters, as measured. A share that sinks has lost something that a catalogue says; `permit`
 * is with rules that cannot be read left to permits, `model` the share in which the course of the API has no place.
 */
const catalogues = [
  {
    name: 'RPI, fall 2024',
    format: 'course-bodies',
    files: filesOf('rpi-fall-2024.registrar.ndjson'),
    sections: 2_224,
    held: { text: 0.879, permit: 0.995 },
    model: 0.004,
  },
  {
    name: 'UMD, summer 2020',
    format: 'umd',
    files: filesOf('umd-2020-summer.json'),
    sections: 2_019,
    held: { text: 0.877, permit: 0.985 },
    model: 0,
  },
  {
    name: 'Claremont, spring 2024',
    format: 'claremont',
    files: filesOf(
      ...claremont,
      'claremont-sp2024-calendar-session.json',
      'claremont-sp2024-calendar-session-section.json',
      'claremont-sp2024-section-instructor.json',
      'claremont-sp2024-perm-count.json',
      'claremont-sp2024-titles.tsv',
    ),
    sections: 2_054,
    held: { text: 0.998, permit: 0.998 },
    model: 0,
  },
  {
    name: 'St. Olaf, spring 2022',
    format: 'stolaf',
    files: filesOf('stolaf-2022-spring.xml'),
    sections: 1_105,
    held: { text: 0.891, permit: 0.97 },
    model: 0.016,
  },
  {
    // Of 15 % of its sections the courses are not in the table of courses: no title, no credits.
    name: 'UCSD, fall 2024',
    format: 'ucsd',
    files: filesOf('ucsd-fa24-sections.tsv', 'ucsd-courses.tsv'),
    sections: 8_688,
    held: { text: 0.566, permit: 0.788 },
    model: 0.058,
  },
];

describe.each(catalogues)('$name', ({ name, format, files, sections, held, model }) => {
  const isThere = files.every((file) => file.isThere);

  it.skipIf(!isThere).each<UnreadRules>(['text', 'permit'])(
    'is held in so large a part, unread rules by %s, and every other section has its cause',
    (unread) => {
      const read = files.map((file) => ({ name: file.name, text: file.content() }));
      const judged = judgeSections(formatOf(format).read(read, { unread }));
      const share = shareOf(judged);
      const part = share.held / share.sections;
      process.stdout.write(
        `${name}, unread rules by ${unread}: ${share.held} of ${share.sections} held (${(100 * part).toFixed(1)} %)\n`,
      );
      expect(share.sections).toBe(sections);
      expect(share.held + share.loadedWithLoss + share.notLoaded).toBe(share.sections);
      expect(part).toBeGreaterThanOrEqual(held[unread]);
      expect(share.byKind.model / share.sections).toBeLessThanOrEqual(model);
      for (const { offered, losses } of judged) if (!offered) expect(losses).not.toEqual([]);
    },
    // Thousands of texts, on a machine that does other things too.
    60_000,
  );
});
