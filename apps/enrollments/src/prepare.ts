import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectConsumers } from '@registrar/messaging';
import { acceptCsv } from './import/accept-csv.ts';

/** What the enrollments service does with its application before it listens. */
export async function prepareEnrollments(app: NestFastifyApplication): Promise<void> {
  acceptCsv(app.getHttpAdapter().getInstance());
  await connectConsumers(app);
}
