import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnModuleInit } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, HttpAdapterHost, MetadataScanner } from '@nestjs/core';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { bodyLimitOf } from '@registrar/contracts-http';
import type { Route, Routes } from '@registrar/contracts-http';
import { routeKey } from '@registrar/service';
import type { FastifyInstance } from 'fastify';
import { HealthController } from './health/health.controller.ts';
import { healthRoutes } from './health/health.routes.ts';

const EXPECTED_ROUTES = Symbol('expected routes');

/**
 * The health of an app, and the check of its endpoints.
 *
 * Guarantee: an app where a route named here has no handler, or a handler has no route, does not start.
 */
@Module({})
export class EndpointModule implements OnModuleInit {
  /** @param routes the routes of the app, but for those of modules that bring route and handler themselves */
  static forRoot(...routes: Routes[]): DynamicModule {
    const expected = routes.flatMap((each) => Object.values(each));
    return {
      module: EndpointModule,
      imports: [DiscoveryModule],
      controllers: [HealthController],
      providers: [
        { provide: EXPECTED_ROUTES, useValue: [...expected, ...Object.values<Route>(healthRoutes)] },
      ],
    };
  }

  constructor(
    @Inject(EXPECTED_ROUTES) private readonly expected: readonly Route[],
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    const handlers = this.handlers();
    const bare = handlers.filter(({ route }) => !route).map(({ name }) => name);
    if (bare.length > 0) throw new Error(`These HTTP handlers have no route contract: ${bare.join(', ')}.`);
    const missing = this.expected.filter((route) => !handlers.some((handler) => handler.route === route));
    if (missing.length > 0)
      throw new Error(`These routes have no handler: ${missing.map(({ id }) => id).join(', ')}.`);
    const types = handlers.flatMap(({ route }) => (typeof route?.body === 'string' ? [route.body] : []));
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    for (const type of new Set(types))
      fastify.addContentTypeParser(
        type,
        { parseAs: 'buffer', bodyLimit: bodyLimitOf({ body: type }) },
        (_request, body, done) => done(null, body),
      );
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
