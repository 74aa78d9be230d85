import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { AuditModule } from '@registrar/audit';
import { AuthModule } from '@registrar/auth';
import { CacheModule } from '@registrar/cache';
import { courseRoutes, topics as courseTopics } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import { topics as gatewayTopics } from '@registrar/contracts-gateway';
import { DynamoModule } from '@registrar/dynamodb';
import { MessagingModule, OutboxModule } from '@registrar/messaging';
import { EndpointModule } from '@registrar/endpoint';
import { PrivacyModule } from '@registrar/privacy';
import { ServiceModule } from '@registrar/service';
import { UsersModule } from '@registrar/users-projection';
import { CatalogueModule } from './catalogue/catalogue.module.ts';
import { ChangesModule } from './changes/changes.module.ts';
import type { CoursesConfig } from './courses.config.ts';
import { DepartmentsModule } from './departments/departments.module.ts';
import { SemestersModule } from './semesters/semesters.module.ts';

const service = 'courses';

/** The tables of this service, as its `tables.json` declares them. */
export const tables: unknown = JSON.parse(readFileSync(new URL('../tables.json', import.meta.url), 'utf8'));

/** The courses service: the catalogue and what registrars do to it. */
@Module({
  imports: [SemestersModule, DepartmentsModule, UsersModule, CatalogueModule, ChangesModule],
})
export class CoursesModule {
  /** @param keySource where the keys of access tokens come from; `JWKS_URL` when left out */
  static forRoot(config: CoursesConfig, keySource?: Provider): DynamicModule {
    const topics = [...courseTopics, ...enrollmentTopics, ...gatewayTopics];
    return {
      module: CoursesModule,
      imports: [
        ServiceModule.forRoot(service, config),
        EndpointModule.forRoot(courseRoutes),
        AuthModule.forRoot(keySource),
        DynamoModule.forRoot({ service, tables, config }),
        CacheModule.forRoot({ service, config }),
        MessagingModule.forRoot({ service, config, topics }),
        OutboxModule.forRoot(),
        AuditModule.forRoot(),
        PrivacyModule.forService(),
      ],
    };
  }
}
