import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import { enrollmentTopic } from '@registrar/contracts-enrollments';
import type { InboxPage } from '@registrar/contracts-notifications';
import type { CloudEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { expect, vi } from 'vitest';
import type { EnrollmentEventParts } from './events.ts';
import { enrollmentEventOf } from './events.ts';
import { RunningApp } from './running-app.ts';
import { TestSurroundings } from './test-surroundings.ts';

/** How long a test waits for what happens by itself. */
export const soon = { timeout: 15_000, interval: 40 };

/** A student with an account. */
export interface Student {
  id: string;
  email: string;
}

/** One instance and what is around it, with the common steps of tests. */
export class TestSystem {
  private constructor(
    readonly around: TestSurroundings,
    readonly app: RunningApp,
  ) {}

  static async start(changes: Record<string, string> = {}): Promise<TestSystem> {
    const around = await TestSurroundings.make();
    return new TestSystem(around, await RunningApp.start(around, changes));
  }

  /** A new student with an account. */
  student(name?: string): Student {
    const id = newId('usr');
    const email = `${id.slice(4)}@registrar.example`;
    this.around.gateway.addUser(id, email, name);
    return { id, email };
  }

  /** Publishes enrollment events. */
  async publish(...events: CloudEvent<EnrollmentEventData>[]): Promise<void> {
    const messages = events.map((event) => ({ key: event.data.enrollment.courseId, event }));
    await this.around.publish(enrollmentTopic.name, messages);
  }

  /** Publishes so many events for one person and waits until the inbox has them. */
  async notify(userId: string, count = 1, parts: EnrollmentEventParts = {}): Promise<InboxPage> {
    const { unreadCount: before } = await this.app.inbox(userId);
    await this.publish(...Array.from({ length: count }, () => enrollmentEventOf({ ...parts, userId })));
    return vi.waitFor(async () => {
      const page = await this.app.inbox(userId);
      expect(page.unreadCount).toBe(before + count);
      return page;
    }, soon);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.around.close();
  }
}
