import { createHash } from 'node:crypto';
import { courseRoutes } from '@registrar/contracts-courses';
import type { Course, NewCourse } from '@registrar/contracts-courses';
import { itemsOf } from '@registrar/contracts-http';
import pMap from 'p-map';
import type { RegistrarApi } from '../api/registrar-api.ts';
import type { CommandContext } from '../commands/context.ts';
import { ApiFault, UsageFault } from '../faults.ts';
import { Progress } from '../terminal.ts';
import { keyOf } from './offered-section.ts';
import type { OfferedSection } from './offered-section.ts';
import { bodyOf, changesOf, faultOf, neededBy, refOf, wavesOf } from './section-changes.rules.ts';

/** Requests at a time: what one person may ask for in a second is several times that. */
const atATime = 4;
/** A course that others change at the same time is read and changed again so often. */
const maxTries = 5;

/** A section that the server refused. */
export interface RefusedSection {
  readonly where: string;
  readonly name: string;
  readonly code: string;
  readonly detail: string;
}

/** What loading came to. */
export interface LoadOutcome {
  created: number;
  changed: number;
  unchanged: number;
  /** Departments that were made. */
  departments: string[];
  refused: RefusedSection[];
}

/** Loads sections into a semester. A section that is there is changed where it differs; nothing is made twice. */
export class SectionLoading {
  private readonly context: CommandContext;
  private readonly semesterId: string;
  private readonly existing = new Map<string, Course>();
  /** Ids by code and section, of what is there by now. */
  private readonly ids = new Map<string, string>();
  private readonly outcome: LoadOutcome = {
    created: 0,
    changed: 0,
    unchanged: 0,
    departments: [],
    refused: [],
  };

  constructor(context: CommandContext, semesterId: string) {
    this.context = context;
    this.semesterId = semesterId;
  }

  /**
   * Loads them, those first that others name. May be called once.
   *
   * Failure: UsageFault where there is no such semester; ApiFault where the system is away or refuses the caller. What
   * was loaded before stands, and the same call in a new loading goes on from there.
   */
  async load(sections: readonly OfferedSection[]): Promise<LoadOutcome> {
    await this.readSemester();
    await this.makeDepartments(sections);
    await this.readCourses();
    const progress = new Progress(this.context.terminal, 'sections', sections.length);
    let done = 0;
    try {
      for (const wave of wavesOf(sections)) {
        await pMap(
          wave,
          async (each) => {
            await this.loadOne(each);
            done += 1;
            progress.step(nameOf(each));
          },
          { concurrency: atATime },
        );
      }
    } catch (error) {
      this.context.terminal.err(
        `Broken off at ${done} of ${sections.length} sections. The same command continues from there.\n`,
      );
      throw error;
    }
    return this.outcome;
  }

  private async readSemester(): Promise<void> {
    try {
      await this.context.api.call(courseRoutes.getSemester, { params: { id: this.semesterId } });
    } catch (error) {
      if (!(error instanceof ApiFault) || error.code !== 'semester_not_found') throw error;
      throw new UsageFault(
        `There is no semester ${this.semesterId}. Make it first (PUT /api/semesters/${this.semesterId}), or name another one with --semester.`,
      );
    }
  }

  private async makeDepartments(sections: readonly OfferedSection[]): Promise<void> {
    const { body } = await this.context.api.call(courseRoutes.listDepartments, {});
    const known = new Set(body.items.map(({ id }) => id));
    const names = new Map(sections.map(({ fields }) => [fields.departmentId, fields.departmentId]));
    for (const { fields, departmentName } of sections)
      if (departmentName) names.set(fields.departmentId, departmentName);
    for (const [id, name] of names) {
      if (known.has(id)) continue;
      await this.context.api.call(courseRoutes.putDepartment, { params: { id }, body: { name } });
      this.outcome.departments.push(id);
    }
  }

  private async readCourses(): Promise<void> {
    for (const filter of [{}, { status: 'draft' as const }]) {
      const query = { semesterId: this.semesterId, ...filter };
      const courses = itemsOf(
        async (paging) =>
          (await this.context.api.call(courseRoutes.listCourses, { query: { ...query, ...paging } })).body,
      );
      for await (const course of courses) this.note(course);
    }
  }

  private note(course: Course): void {
    this.existing.set(keyOf(course), course);
    this.ids.set(keyOf(course), course.id);
  }

  private async loadOne(offered: OfferedSection): Promise<void> {
    const missing = neededBy(offered).filter((ref) => !this.ids.has(keyOf(ref)));
    if (missing.length > 0) {
      const names = missing.map(({ code, section }) => `${code} ${section}`).join(', ');
      this.refuse(offered, 'section_not_loaded', `It goes with what is not there: ${names}.`);
      return;
    }
    const body = bodyOf(offered, this.semesterId, this.ids);
    const course = this.existing.get(keyOf(refOf(offered)));
    try {
      if (course) await this.change(offered, body, course);
      else await this.create(body);
    } catch (error) {
      if (!(error instanceof ApiFault) || !isOfSection(error)) throw error;
      this.refuse(offered, error.code, error.message);
    }
  }

  private async create(body: NewCourse): Promise<void> {
    const key = createHash('sha256')
      .update(JSON.stringify(['catalogue', body]))
      .digest('hex');
    const { body: course } = await this.context.api.call(courseRoutes.createCourse, { body, key });
    this.note(course);
    this.outcome.created += 1;
  }

  private async change(offered: OfferedSection, body: NewCourse, found: Course): Promise<void> {
    let course = found;
    for (let attempt = 1; ; attempt += 1) {
      const fault = faultOf(body, course);
      if (fault) return this.refuse(offered, fault.code, fault.detail);
      const changes = changesOf(body, course);
      if (!changes) {
        this.outcome[attempt === 1 ? 'unchanged' : 'changed'] += 1;
        return;
      }
      const params = { id: course.id };
      try {
        const ask = { params, ifMatch: `"${course.version}"`, body: changes };
        this.note((await this.context.api.call(courseRoutes.changeCourse, ask)).body);
        this.outcome.changed += 1;
        return;
      } catch (error) {
        const isStale = error instanceof ApiFault && error.code === 'version_conflict';
        if (!isStale || attempt === maxTries) throw error;
        course = await courseOf(this.context.api, course.id);
      }
    }
  }

  private refuse(offered: OfferedSection, code: string, detail: string): void {
    this.outcome.refused.push({ where: offered.where, name: nameOf(offered), code, detail });
  }
}

async function courseOf(api: RegistrarApi, id: string): Promise<Course> {
  return (await api.call(courseRoutes.getCourse, { params: { id } })).body;
}

/** Whether a refusal is about the section, and the next one may fare better. */
function isOfSection({ status }: ApiFault): boolean {
  return [404, 409, 412, 413, 422].includes(status);
}

function nameOf(offered: OfferedSection): string {
  const { code, section } = refOf(offered);
  return `${code} ${section}`;
}
