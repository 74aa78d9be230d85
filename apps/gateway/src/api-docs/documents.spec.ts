import { Validator } from '@seriousme/openapi-schema-validator';
import type { ZodType } from 'zod';
import { describe, expect, it } from 'vitest';
import { routes } from '../proxy/routing/routes.ts';
import { asyncApiDocument, channels } from './asyncapi-document.ts';
import { docsPage } from './docs-page.ts';
import { openApiDocument } from './openapi-document.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations/operations.ts';

const document = openApiDocument(operations) as {
  openapi: string;
  paths: Record<string, Record<string, unknown>>;
};

describe('the OpenAPI document', () => {
  it('has every route that is handed on, and none that does not exist', () => {
    const own = ['/api/auth', '/api/users', '/health', '/.well-known'];
    const documented = operations
      .filter(({ path }) => !own.some((prefix) => path.startsWith(prefix)))
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    const routed = routes.flatMap(({ methods, path }) =>
      methods
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
    );
    expect(documented.sort()).toEqual(routed.sort());
  });

  it('says of each route who may call it, as the routing table does', () => {
    for (const route of routes) {
      for (const method of route.methods.filter((each) => each !== 'HEAD')) {
        const operation = operations.find(
          ({ path, method: documented }) =>
            path === route.path.replace(/:(\w+)/g, '{$1}') && documented === method.toLowerCase(),
        );
        expect([method, route.path, operation?.caller === 'public']).toEqual([
          method,
          route.path,
          route.caller === 'public',
        ]);
      }
    }
  });

  it('passes the schema of OpenAPI itself', async () => {
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
  });

  it('is OpenAPI 3.1 with an id of its own for each operation', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    for (const { path, parameters = {} } of operations) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([path, Object.keys(parameters)]).toEqual([path, names]);
    }
  });

  it.each(operations.map((operation): [string, Operation] => [operation.id, operation]))(
    'has examples of %s that its own schemas take',
    (_id, { body, answers }) => {
      const pairs: [ZodType, unknown][] = answers.flatMap(({ schema, example }) =>
        schema && example !== undefined ? [[schema, example] as [ZodType, unknown]] : [],
      );
      if (body && 'schema' in body) pairs.push([body.schema, body.example]);
      for (const [schema, example] of pairs)
        expect(schema.safeParse(example).error?.issues ?? []).toEqual([]);
    },
  );

  it.each(operations.map(({ id, method, path }) => [id, method, path] as const))(
    'says of %s what any request may be answered: a bad line, too much of it, an unknown parameter, a late one',
    (_id, method, path) => {
      const { responses } = (document.paths[path]?.[method] ?? {}) as {
        responses: Record<string, { description: string }>;
      };
      for (const [status, code] of [
        [400, 'bad_request'],
        [408, 'request_timeout'],
        [422, 'validation_failed'],
        [431, 'headers_too_large'],
      ] as const)
        expect([path, status, responses[status]?.description]).toEqual([
          path,
          status,
          expect.stringContaining(code),
        ]);
    },
  );

  it('can be written as JSON, with every reference in it', () => {
    const text = JSON.stringify(document);
    for (const [, reference = ''] of text.matchAll(/"\$ref":"#([^"]+)"/g)) {
      const target = reference
        .split('/')
        .slice(1)
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
      expect([reference, target === undefined]).toEqual([reference, false]);
    }
  });
});

describe('the AsyncAPI document', () => {
  it('has every topic and every type of event', () => {
    const { channels: documented, components } = asyncApiDocument() as {
      channels: Record<string, unknown>;
      components: { messages: Record<string, unknown>; schemas: Record<string, unknown> };
    };
    expect(Object.keys(documented)).toEqual(channels.map(({ topic }) => topic.name));
    const types = channels.flatMap(({ events }) => events.map(({ type }) => type));
    expect(Object.keys(components.messages)).toEqual(types);
    expect(Object.keys(components.schemas)).toEqual(types);
    expect(types).toHaveLength(16);
  });
});

describe('both documents', () => {
  it('have patterns that generators of other languages take: no Unicode classes, no looking around', () => {
    const text = JSON.stringify([document, asyncApiDocument()]);
    const patterns = [...text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(
      ([, pattern = '""']) => JSON.parse(pattern) as string,
    );
    expect(patterns.length).toBeGreaterThan(50);
    expect(patterns.filter((pattern) => /\\[pPuk1-9]|\(\?[^:]/.test(pattern))).toEqual([]);
  });
});

describe('the docs page', () => {
  const page = docsPage(operations);

  it('shows every operation and loads nothing', () => {
    for (const { id } of operations) expect(page).toContain(`id="${id}"`);
    expect(page).not.toMatch(/<script|<link|<img|https?:\/\//);
  });
});
