/** Grades where nothing else is configured: best first, `|` before those that do not pass. */
export const defaultGrades = 'A+,A,A-,B+,B,B-,C+,C,C-,D+,D,D-|F';

/** Least mark that passes where nothing else is configured. */
export const defaultPassMark = 50;

/** Passes without a rank: it meets no least grade. */
const passed = 'P';
const mark = /^(?:\d|[1-9]\d|100)$/;

/**
 * The grades of a campus: letters in their order, `P`, and marks from 0 to 100. Marks compare with marks only, letters
 * with letters.
 */
export class GradeScale {
  private readonly ranks: ReadonlyMap<string, number>;
  private readonly passing: number;
  private readonly passMark: number;

  /**
   * @param grades letters, best first, with `|` before those that do not pass
   * @param passMark least mark that passes, 0 to 100
   * @throws RangeError where `grades` are not such a list, or `passMark` is no mark
   */
  constructor(grades: string = defaultGrades, passMark: number = defaultPassMark) {
    if (!mark.test(String(passMark))) {
      throw new RangeError('The mark that passes is a whole number from 0 to 100.');
    }
    this.passMark = passMark;
    const [good, bad, ...more] = grades.split('|').map((part) => (part === '' ? [] : part.split(',')));
    const all = [...(good ?? []), ...(bad ?? [])].map((grade) => grade.trim());
    const isList = more.length === 0 && (good?.length ?? 0) > 0 && new Set(all).size === all.length;
    const areLetters = all.every(
      (grade) => /^\S{1,10}$/.test(grade) && grade !== passed && !mark.test(grade),
    );
    if (!isList || !areLetters) {
      throw new RangeError(
        'Grades are a list such as "A,B,C|F": each once, best first, no "P" and no number.',
      );
    }
    this.ranks = new Map(all.map((grade, at) => [grade, at]));
    this.passing = good?.length ?? 0;
  }

  /** Whether a text is a grade here. */
  isGrade(text: string): boolean {
    return this.isRanked(text) || text === passed;
  }

  /** Whether a grade can be a least grade: a letter or a mark. */
  isRanked(text: string): boolean {
    return mark.test(text) || this.ranks.has(text);
  }

  /** Whether a completion with this grade passes; one without a grade does, an unknown one does not. */
  passes(grade: string | null): boolean {
    if (grade === null || grade === passed) return true;
    if (mark.test(grade)) return Number(grade) >= this.passMark;
    const rank = this.ranks.get(grade);
    return rank !== undefined && rank < this.passing;
  }

  /** Whether a grade is at least `least`: of the same kind, and not worse. */
  reaches(grade: string | null, least: string): boolean {
    if (grade === null || grade === passed) return false;
    if (mark.test(grade) || mark.test(least)) {
      return mark.test(grade) && mark.test(least) && Number(grade) >= Number(least);
    }
    const [rank, leastRank] = [this.ranks.get(grade), this.ranks.get(least)];
    return rank !== undefined && leastRank !== undefined && rank <= leastRank;
  }
}
