import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ServiceClient, ServiceTokens } from '@registrar/auth';
import { internalEnrollmentRoutes as routes, permitNote } from '@registrar/contracts-enrollments';
import { CONFIG, serviceUnavailable } from '@registrar/service';
import type { NotificationsConfig } from '../notifications.config.ts';

/**
 * Fetches what was written with a permit or by who declined a request: no event carries it.
 *
 * Failure: Problem 503 or 504 when enrollments does not answer, or not as agreed; asking again is safe.
 */
@Injectable()
export class PermitNotesClient implements OnApplicationShutdown {
  private readonly enrollments: ServiceClient | undefined;

  constructor(@Inject(CONFIG) { ENROLLMENTS_URL: urls }: NotificationsConfig, tokens: ServiceTokens) {
    this.enrollments = urls && new ServiceClient('enrollments', urls, tokens);
  }

  /** The words; empty where there are none, or no such permit any more. */
  async noteOf(permitId: string): Promise<string> {
    if (!this.enrollments) return '';
    const { status, body } = await this.enrollments.call(routes.getPermitNote, { params: { id: permitId } });
    if (status === 404) return '';
    const found = permitNote.safeParse(body);
    if (status !== 200 || !found.success) throw serviceUnavailable(`Enrollments answered ${status}.`);
    return found.data.note;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.enrollments?.close();
  }
}
