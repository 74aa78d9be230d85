const code = '[A-Z][A-Z&]{1,5}[ -]?\\d{1,4}[A-Z]{0,3}';
const advice =
  '(?:(?:strongly|highly) )?(?:recommended|suggested|encouraged|preferred|preferable|preferrable|helpful|a plus)';
const advisable = new RegExp(`\\b${advice}\\b`, 'i');
const hasCode = new RegExp(`\\b${code}\\b`);
/** Asked for after all, unless it is said that it is not. */
const required = /(?<!\bnot )\brequired\b/i;

/** `CSCI 4380 is recommended`, alone: "CSCI 1200 and CSCI 4380 preferred" may ask for the first. */
const advisedCourse = new RegExp(
  `^${code} (?:is )?${advice}(?:(?:,| but)? not required)?(?: for this course)?$`,
);
const advisedCourses = new RegExp(
  `^(?:both ${code} and ${code} are|it is ${advice} that|${advice}(?: preparation)?:)`,
  'i',
);

/** What is asked for more often than advised: of "junior standing and experience recommended" the first may be. */
const asked = /\b(?:standing|status|majors?|permission|consent|approval)\b/i;

/** Sentences about credit, grading and schedules, which ask for nothing that comes before the course. */
const others = [
  /^(?:additional )?credit (?:cannot|can not|may not|will not|not) /i,
  /^(?:note: )?(?:students )?(?:may|will) not receive credit /i,
  /^duplicate credit /i,
  /^(?:cross-?listed|formerly|may be coscheduled|may be repeated|may not be offered) /i,
  /^(?:s\/u|letter|pass\/not pass) grades? only$/i,
  /^students who have not (?:completed|met|taken) (?:the )?(?:listed )?prerequisites may enroll with (?:the )?(?:consent|permission) of (?:the )?instructor$/i,
  /^there are no prerequisites for this course$/i,
];

/**
 * Whether a clause (a sentence, or what a semicolon ends) only advises, or is about something else than what comes
 * before the course.
 */
export function isAside(clause: string): boolean {
  const text = clause.trim().replace(/^however,?\s+/i, '');
  if (others.some((each) => each.test(text))) return true;
  if (!advisable.test(text) || required.test(text)) return false;
  if (hasCode.test(text)) return advisedCourse.test(text) || advisedCourses.test(text);
  return advisedCourses.test(text) || !(asked.test(text) && / and |,/.test(text));
}

/** Remarks within a clause, in the order of trial; without regard to case. */
export const remarkPhrases: readonly string[] = [
  'attributes (?:[a-z]+ ?|\\d ?)+$',
  '\\(preferred\\)(?= or )',
  '\\((?:f|w|s|su|sp)(?:, ?(?:f|w|s|su|sp))*\\)',
  '\\((?:may not be offered|s/u grades?|letter grades?|formerly|cross-?listed)[^()]*\\)',
  '(?:under)?graduate (?:semester )?level(?= [A-Z])',
];
