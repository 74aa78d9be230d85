/** What texts ask for beside courses, credits and grades; a requirement holds none of it. */
export type Unheld = 'permission' | 'equivalent' | 'standing' | 'average' | 'placement' | 'knowledge';

/** Why a part cannot be held, and what to do instead. */
export const unheldReasons: Readonly<Record<Unheld, string>> = {
  permission:
    'Permission is no requirement: set the consent of the course to "instructor", so that it takes a permit.',
  equivalent: 'People decide what is equivalent: name the course, and give permits for others.',
  standing: 'A class level, program or status is no requirement: put it into the restriction of the course.',
  average: 'An average of grades cannot be held as a requirement.',
  placement:
    'A placement is held as a completion under a code of its own: name that code instead of the test.',
  knowledge:
    'Knowledge cannot be held as a requirement: name the course that teaches it, or ask for a permit.',
};

const level =
  "(?:freshman|first[- ]year|sophomore|second-year|junior|third-year|senior|fourth-year|(?:upper|lower)[- ]division|graduate|undergraduate|advanced|doctoral|master'?s|ph\\.?d\\.?)";
const office =
  '(?:instructors?|departments?|dean|chair(?:person)?|advis[eo]rs?|faculty(?: members?)?|program(?:me)?|school|director|committee|professor|registrar)';
/** Words of a name, but none that joins. */
const names = (least: number, most: number) => `(?:(?!and\\b|or\\b)[a-z&'-]+ ){${least},${most}}`;
const permission = '(?:permission|consent|approval|authorization|preauthorization)';
const skill = '(?:knowledge|experience|proficiency|background|familiarity|fluency|skills?)';

/** Any character but these, as long as no course code begins: what a requirement holds is left to be read. */
const upTo = (ends: string) => `(?:(?!\\b[a-z&]{2,6}[ -]?\\d)[^${ends}])`;

/** How catalogues write it, in the order of trial; without regard to case. */
export const unheldPhrases: readonly (readonly [Unheld, string])[] = [
  // Offices of the University of Maryland have commas in their names: up to the end of the clause.
  ['permission', `${permission} of (?:the )?[a-z]{2,5}-${upTo(';()')}*?(?=;|\\.(?:\\s|$)|$)`],
  [
    'permission',
    `(?:(?:(?:registration|enrollment) )?(?:is )?by |with |upon )?(?:the )?(?:written )?${permission} (?:of|from|by) ${names(0, 4)}${office}(?: (?:is )?required(?: to (?:register|enroll)(?: in this course)?)?| only)?`,
  ],
  [
    'permission',
    `(?:by |with |upon )?(?:the )?(?:departmental|${office})(?:'s?)?(?: advis[eo]r)? (?:${permission}|stamp)(?: (?:is )?required)?`,
  ],
  [
    'permission',
    `(?:by |with )?(?:audition|portfolio(?: review)?|interview)(?: (?:with|by) (?:the )?instructor)?`,
  ],
  ['permission', 'students who have taken courses with comparable content may contact the department'],
  [
    'equivalent',
    '(?:an? |its |the |their )?equivalents?(?: (?:courses?|coursework|experience|preparation))?',
  ],
  [
    'equivalent',
    'comparable (?:knowledge|experience|courses?|coursework)(?: (?:or|and) (?:knowledge|experience))?',
  ],
  [
    'standing',
    `(?:(?:undergraduates|students) )?(?:must have )?(?:an? )?${level}(?:(?:, (?:or |and )?|/| or | and )${level})*[- ](?:standing|status|level|students?)(?: (?:status|standing))?(?: or (?:higher|above))?(?: (?:is )?required)?(?: in(?: (?!and\\b|or\\b)[a-z&'-]+){1,6})?`,
  ],
  [
    'standing',
    `(?:enrollment (?:is )?|registration (?:is )?)?(?:restricted|limited|open|intended) (?:only )?(?:to|for)\\b${upTo(';.')}*`,
  ],
  ['standing', `must be (?:an? |in )${upTo(';.')}*`],
  ['standing', `${names(1, 5)}majors?(?: only)?`],
  [
    'average',
    '(?:an? )?(?:(?:minimum|cumulative|overall) )*(?:\\d+(?:\\.\\d+)? )?(?:(?:minimum|cumulative|overall) )*(?:gpa|wam|grade point average)(?: of (?:at least )?\\d+(?:\\.\\d+)?)?(?: overall| or (?:better|higher|above))?',
  ],
  [
    'placement',
    `${names(0, 7)}placement (?:test|exam|examination)\\b(?: \\([a-z]+\\))?(?: (?:score|result)s?)?(?! (?!and\\b|or\\b)[a-z0-9])`,
  ],
  ['placement', 'must have [a-z]+ eligibility of [a-z]{2,6} ?\\d+ or higher'],
  // Up to a course or another alternative.
  [
    'knowledge',
    `${names(0, 4)}${skill}(?: (?:of|in|with|on) (?:(?!,? (?:and|or) (?:[a-z]{2,6}[ -]?\\d|(?:by |the )?(?:permission|consent|approval|instructor|department)|equivalent))${upTo(';.()')})*)?`,
  ],
];
