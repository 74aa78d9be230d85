import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { CourseChangeStore } from '../changes/course-change.store.ts';
import { SemesterChangeStore } from '../semesters/semester-change.store.ts';
import { IntentRunner } from './intent-runner.ts';

/** How often an instance looks, ms; drawn anew each time from half to one and a half of it. */
const everyMs = 2_000;

interface Followed {
  now(): number;
  overdue(now: number): Promise<string[]>;
  resume(id: string): Promise<void>;
}

/**
 * Goes on with changes that an instance began and did not end: it crashed, or enrollments did not answer.
 *
 * Runs on every instance; the lease on an intent keeps two from working at the same one.
 */
@Injectable()
export class IntentSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(IntentSweeper.name);
  private readonly followed: Followed[];
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private stopped = false;

  constructor(courses: CourseChangeStore, semesters: SemesterChangeStore) {
    const [courseRunner, semesterRunner] = [new IntentRunner(courses), new IntentRunner(semesters)];
    this.followed = [
      {
        now: () => courses.now(),
        overdue: (now) => courses.overdue(now),
        resume: (id) => courseRunner.resume(id),
      },
      {
        now: () => semesters.now(),
        overdue: (now) => semesters.overdue(now),
        resume: (id) => semesterRunner.resume(id),
      },
    ];
  }

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  /** Looks once and carries out what is overdue; a failure is logged and tried again at the next look. */
  async sweep(): Promise<void> {
    for (const { now, overdue, resume } of this.followed) {
      try {
        for (const id of await overdue(now())) await this.attempt(id, resume);
      } catch (error) {
        this.logger.warn({ err: error }, 'overdue changes could not be read', IntentSweeper.name);
      }
    }
  }

  private async attempt(id: string, resume: (id: string) => Promise<void>): Promise<void> {
    try {
      await resume(id);
    } catch (error) {
      this.logger.warn({ err: error, id }, 'a change is still not agreed', IntentSweeper.name);
    }
  }

  private schedule(): void {
    if (this.stopped) return;
    const waitMs = everyMs * (0.5 + Math.random());
    this.timer = setTimeout(() => {
      this.looking = this.sweep().finally(() => this.schedule());
    }, waitMs);
  }
}
