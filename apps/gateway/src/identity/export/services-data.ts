import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ServiceClient, ServiceTokens } from '@registrar/auth';
import type { ServiceAnswer } from '@registrar/auth';
import { coursesExport, exportCoursesRoutes } from '@registrar/contracts-courses';
import { enrollmentsExport, exportEnrollmentsRoutes } from '@registrar/contracts-enrollments';
import { exportNotificationsRoutes, notificationsExport } from '@registrar/contracts-notifications';
import type { ExportedRows } from '@registrar/privacy';
import { CONFIG, serviceUnavailable } from '@registrar/service';
import type { z } from 'zod';
import type { GatewayConfig } from '../../config/gateway-config.ts';

type Urls = Pick<GatewayConfig, 'COURSES_URL' | 'ENROLLMENTS_URL' | 'NOTIFICATIONS_URL'>;

/**
 * What the other services keep of a person.
 *
 * Failure: Problem 503 or 504 where one of them does not answer: a part is never left out.
 */
@Injectable()
export class ServicesData implements OnApplicationShutdown {
  private readonly courses: ServiceClient;
  private readonly enrollments: ServiceClient;
  private readonly notifications: ServiceClient;

  constructor(tokens: ServiceTokens, @Inject(CONFIG) config: Urls) {
    this.courses = new ServiceClient('courses', config.COURSES_URL, tokens);
    this.enrollments = new ServiceClient('enrollments', config.ENROLLMENTS_URL, tokens);
    this.notifications = new ServiceClient('notifications', config.NOTIFICATIONS_URL, tokens);
  }

  async of(id: string): Promise<ExportedRows> {
    const ask = { params: { id } };
    const [courses, enrollments, notifications] = await Promise.all([
      this.courses.call(exportCoursesRoutes.exportCoursesData, ask),
      this.enrollments.call(exportEnrollmentsRoutes.exportEnrollmentsData, ask),
      this.notifications.call(exportNotificationsRoutes.exportNotificationsData, ask),
    ]);
    return {
      ...rowsIn(courses, coursesExport),
      ...rowsIn(enrollments, enrollmentsExport),
      ...rowsIn(notifications, notificationsExport),
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.courses, this.enrollments, this.notifications].map((client) => client.close()));
  }
}

function rowsIn({ status, body }: ServiceAnswer, schema: z.ZodType<ExportedRows>): ExportedRows {
  const rows = schema.safeParse(body);
  if (status === 200 && rows.success) return rows.data;
  const detail = 'Your data cannot be collected right now. Try again in a few seconds.';
  throw serviceUnavailable(detail, new Error(`A service answered ${status}.`));
}
