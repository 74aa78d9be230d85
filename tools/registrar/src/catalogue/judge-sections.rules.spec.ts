import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageFault } from '../faults.ts';
import { catalogueFormats, formatOf } from './formats/catalogue-formats.ts';
import { causesOf, remarksOf, shareOf } from './held-share.rules.ts';
import { judgeSections } from './judge-sections.rules.ts';
import type { OfferedSection, SectionFields } from './offered-section.ts';

const fields: SectionFields = {
  departmentId: 'CS',
  code: 'CS 101',
  section: '1',
  title: 'Programs',
  credits: 4,
  capacity: 10,
};

function section(more: Partial<SectionFields> = {}, beside: Partial<OfferedSection> = {}): OfferedSection {
  return {
    where: 'line 1',
    fields: { ...fields, ...more },
    linked: [],
    crossListedOf: null,
    losses: [],
    remarks: [],
    ...beside,
  };
}

const judge = (...sections: OfferedSection[]) => judgeSections({ sections, unreadable: [] });
const meeting = { day: 'mon', start: '09:00', end: '10:00', room: 'A' } as const;

describe('a section that the API would not take', () => {
  it.each<[string, Partial<SectionFields>, RegExp]>([
    ['more than 30 meetings', { meetings: Array.from({ length: 31 }, () => meeting) }, /^meetings: /],
    [
      'a meeting over midnight',
      { meetings: [{ ...meeting, start: '22:00', end: '01:00' }] },
      /^meetings\.end: A meeting ends after it starts/,
    ],
    ['more than 30 credits', { credits: 40 }, /^credits: /],
    ['credits that are not in quarters', { credits: 3.1 }, /^credits: /],
    ['a code with other characters', { code: 'CS#101' }, /^code: /],
    ['a code that is too long', { code: 'C'.repeat(21) }, /^code: /],
    ['more than 10,000 seats', { capacity: 20_000 }, /^capacity: /],
    ['a section name that is too long', { section: 'evening-two' }, /^section: /],
    ['a title that is too long', { title: 'T'.repeat(201) }, /^title: /],
    ['no title', { title: '' }, /^title: /],
    ['a description that is too long', { description: 'd'.repeat(12_001) }, /^description: /],
    ['a department that is no id', { departmentId: 'CH/BI' }, /^departmentId: /],
    [
      'a room name that is too long',
      { meetings: [{ ...meeting, room: 'r'.repeat(101) }] },
      /^meetings\.room: /,
    ],
    [
      'more seats kept than there are',
      { reservations: [{ name: 'A', seats: 11, match: { groups: ['a'] } }] },
      /^More seats are reserved/,
    ],
  ])('has %s', (_, more, cause) => {
    const [judged] = judge(section(more));
    expect(judged?.offered).toBeUndefined();
    expect(judged?.losses).toEqual([
      { kind: 'model', cause: expect.stringMatching(cause) as string, detail: expect.any(String) as string },
    ]);
  });

  it('lacks what must be there: that is the file', () => {
    expect(judge(section({ capacity: Number.NaN }))[0]).toMatchObject({
      offered: undefined,
      losses: [{ kind: 'source' }],
    });
  });

  it('is there twice, and the first counts', () => {
    expect(judge(section(), section({}, { where: 'line 2' }))).toMatchObject([
      { losses: [], offered: {} },
      {
        where: 'line 2',
        offered: undefined,
        losses: [{ cause: 'Code and section are there twice.', detail: 'first at line 1' }],
      },
    ]);
  });
});

describe('a section that goes with others', () => {
  const lab = section({ section: 'L', component: 'lab' });
  const linkTo = (...sections: string[]) => [
    { component: 'lab' as const, sections: sections.map((name) => ({ code: 'CS 101', section: name })) },
  ];

  it('is held where they are', () => {
    const other = section({ code: 'MATH 101' }, { crossListedOf: { code: 'CS 101', section: '1' } });
    expect(judge(section({}, { linked: linkTo('L') }), lab, other).flatMap(({ losses }) => losses)).toEqual(
      [],
    );
  });

  it('is loaded without those that are not there, which is a loss', () => {
    const [lecture] = judge(section({}, { linked: linkTo('L', 'M') }), lab);
    expect(lecture).toMatchObject({
      offered: { linked: linkTo('L') },
      losses: [{ kind: 'source', detail: 'CS 101 M' }],
    });
    expect(judge(section({}, { linked: linkTo('M') }))[0]).toMatchObject({ offered: { linked: [] } });
  });

  it('is not loaded where its class is not', () => {
    const other = section({ code: 'MATH 101' }, { crossListedOf: { code: 'CS 101', section: '1' } });
    expect(judge(section({ credits: 40 }), other)[1]).toMatchObject({
      offered: undefined,
      losses: [{ detail: 'CS 101 1' }],
    });
    expect(judge(section({}, { crossListedOf: { code: 'CS 101', section: '1' } }))[0]).toMatchObject({
      offered: undefined,
    });
  });

  it('is not loaded where they are linked onward, are too many, or itself cross-listed', () => {
    expect(
      judge(section({}, { linked: linkTo('L') }), { ...lab, linked: linkTo('L') })[0]?.losses[0]?.cause,
    ).toContain('linked sections itself');
    const many = Array.from({ length: 51 }, (_, at) => section({ section: `L${at}` }));
    expect(
      judge(section({}, { linked: linkTo(...many.map((each) => each.fields.section ?? '')) }), ...many)[0]
        ?.losses[0]?.cause,
    ).toMatch(/^linked\.courseIds: /);
    const second = section({ code: 'B' }, { crossListedOf: { code: 'CS 101', section: '1' } });
    expect(
      judge(section(), second, section({ code: 'C' }, { crossListedOf: { code: 'B', section: '1' } }))[2]
        ?.losses[0]?.cause,
    ).toContain('cross-listed itself');
  });
});

describe('the share held', () => {
  it('counts each section once, and each cause in how many sections it is', () => {
    const loss = { kind: 'model', cause: 'C', detail: 'd' } as const;
    const judged = judgeSections({
      sections: [
        section({}, { remarks: ['R', 'R'] }),
        section({ section: '2' }, { losses: [loss, loss] }),
        section({ section: '3', credits: 99 }),
      ],
      unreadable: [{ where: 'line 9', name: '', losses: [{ kind: 'source', cause: 'U', detail: '' }] }],
    });
    expect(shareOf(judged)).toEqual({
      sections: 4,
      held: 1,
      loadedWithLoss: 1,
      notLoaded: 2,
      heldByPermit: 1,
      byKind: { model: 2, source: 1, text: 0, refused: 0 },
    });
    expect(causesOf(judged).map(({ cause, sections }) => [cause, sections])).toContainEqual(['C', 1]);
    expect(remarksOf(judged)).toEqual([{ remark: 'R', sections: 1 }]);
  });
});

describe.each(catalogueFormats)('format $name', (format) => {
  it('takes any garbage: it says that the file is another one, or judges every section', () => {
    const junk = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(fc.json()).map((lines) => lines.join('\n')),
      fc.array(fc.array(fc.string()).map((cells) => cells.join('\t'))).map((rows) => rows.join('\n')),
      fc.string().map((text) => `<searchresults><course><credits>${text}</credits></course></searchresults>`),
      fc.string().map((text) => `code\ttitle\n${text}`),
    );
    fc.assert(
      fc.property(fc.array(junk, { minLength: 1, maxLength: 2 }), (texts) => {
        const files = texts.map((text, at) => ({ name: `file${at}`, text }));
        try {
          const found = format.read(files, { unread: 'text' });
          const judged = judgeSections(found);
          expect(judged).toHaveLength(found.sections.length + found.unreadable.length);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageFault);
        }
      }),
    );
  });
});

it('a format that is none is refused with those that are', () => {
  expect(() => formatOf('banner')).toThrow(
    /--format is one of registrar, course-bodies, umd, ucsd, stolaf, claremont/,
  );
});
