import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import {
  APP_INTERCEPTOR,
  DiscoveryModule,
  DiscoveryService,
  HttpAdapterHost,
  MetadataScanner,
} from '@nestjs/core';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import type { Route } from '@registrar/contracts-http';
import { routeKey } from '@registrar/service';
import type { FastifyInstance } from 'fastify';
import { AnswerInterceptor } from './answers/answer.interceptor.ts';
import { HealthController } from './health/health.controller.ts';

/**
 * What every `@Endpoint` of an app needs, and its health.
 *
 * Guarantee: an app with an HTTP handler that has no route contract does not start.
 */
@Module({
  imports: [DiscoveryModule],
  controllers: [HealthController],
  providers: [{ provide: APP_INTERCEPTOR, useClass: AnswerInterceptor }],
})
export class EndpointModule implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    const handlers = this.handlers();
    const bare = handlers.filter(({ route }) => !route).map(({ name }) => name);
    if (bare.length > 0) throw new Error(`These HTTP handlers have no route contract: ${bare.join(', ')}.`);
    const types = handlers.flatMap(({ route }) => (typeof route?.body === 'string' ? [route.body] : []));
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    for (const type of new Set(types))
      fastify.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  }

  private handlers(): { name: string; route: Route | undefined }[] {
    return this.discovery.getControllers().flatMap(({ instance, name }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return this.scanner.getAllMethodNames(prototype).flatMap((method) => {
        const handler = prototype[method];
        if (!handler || Reflect.getMetadata(METHOD_METADATA, handler) === undefined) return [];
        const route = Reflect.getMetadata(routeKey, handler) as Route | undefined;
        return [{ name: `${name}.${method}`, route }];
      });
    });
  }
}
