import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import type { AuditPage } from '@registrar/contracts-gateway';
import { CursorCodec } from '@registrar/dynamodb';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { AuditRepository } from './audit.repository.ts';

/** The records of who did what, for admins. */
@Controller()
export class AuditController {
  constructor(
    private readonly records: AuditRepository,
    private readonly cursors: CursorCodec,
  ) {}

  @Endpoint(routes.listAudit)
  async list({ query }: Call<typeof routes.listAudit>): Promise<AuditPage> {
    const { actorId = null, subjectId = null, action = null, limit, cursor } = query;
    const asked = { route: 'audit', actorId, subjectId, action };
    const position = this.cursors.decode<{ before: string }>(asked, cursor);
    const { records, next } = await this.records.page(query, limit, position?.before);
    const nextCursor = next === undefined ? null : this.cursors.encode(asked, { before: next });
    return { items: records, nextCursor };
  }
}
