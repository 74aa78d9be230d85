import { createHash } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import { topics as courseTopics } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import { documentRoutes, topics as gatewayTopics } from '@registrar/contracts-gateway';
import { parametersOf } from '@registrar/contracts-http';
import type { Route, Schema } from '@registrar/contracts-http';
import { describe, expect, it } from 'vitest';
import { apiRoutes, publicRoutes } from '../routes/routes.ts';
import { asyncApiDocument, channels } from './asyncapi-document.ts';
import { docsPage, docsPolicy, swaggerUiFile } from './docs-page.ts';
import type { JsonSchema } from './json-schemas.ts';
import { openApiDocument, templateOf } from './openapi-document.ts';

const document = openApiDocument(apiRoutes) as {
  openapi: string;
  paths: Record<string, Record<string, unknown>>;
};

describe('the OpenAPI document', () => {
  it('has every route that is reached from outside, and none that does not exist', () => {
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const documents = Object.values<Route>(documentRoutes);
    const routed = publicRoutes
      .filter((route) => !documents.includes(route))
      .map(({ method, path }) => `${method} ${templateOf(path)}`);
    expect(documented.sort()).toEqual(routed.sort());
  });

  it('says of each route who may call it, as the routing table does', () => {
    for (const { path, method, caller } of apiRoutes) {
      const { security } = document.paths[templateOf(path)]?.[method.toLowerCase()] as { security: object[] };
      const isOpen = caller === 'public' || caller === 'anonymous';
      expect([path, security.some((each) => Object.keys(each).length === 0)]).toEqual([path, isOpen]);
    }
  });

  it('passes the schema of OpenAPI itself', async () => {
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
  });

  it('is OpenAPI 3.1 with an id of its own for each operation', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(new Set(publicRoutes.map(({ id }) => id)).size).toBe(publicRoutes.length);
    for (const { path, examples } of apiRoutes)
      expect([path, Object.keys(examples?.params ?? {})]).toEqual([path, parametersOf(path)]);
  });

  it.each(apiRoutes.map((route): [string, Route] => [route.id, route]))(
    'has examples of %s that its own schemas take',
    async (_id, { body, answers, examples }) => {
      const pairs: [Schema, unknown][] = Object.values(answers).flatMap(({ schema, example }) =>
        schema && example !== undefined ? [[schema, example] as [Schema, unknown]] : [],
      );
      if (typeof body === 'object') pairs.push([body, examples?.body]);
      for (const [schema, example] of pairs)
        expect((await schema['~standard'].validate(example)).issues ?? []).toEqual([]);
    },
  );

  it.each(apiRoutes.map(({ id, method, path }) => [id, method.toLowerCase(), templateOf(path)] as const))(
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
});

describe('the AsyncAPI document', () => {
  it('has every topic and every type of event', () => {
    const { channels: documented, components } = asyncApiDocument() as {
      channels: Record<string, unknown>;
      components: { messages: Record<string, unknown>; schemas: Record<string, unknown> };
    };
    const topics = [...courseTopics, ...enrollmentTopics, ...gatewayTopics].map(({ name }) => name);
    expect(Object.keys(documented).sort()).toEqual(topics.sort());
    const types = channels.flatMap(({ events }) => events.map(({ type }) => type));
    expect(Object.keys(components.messages)).toEqual(types);
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(types));
    expect(types).toHaveLength(24);
  });
});

describe('both documents', () => {
  it.each([
    ['OpenAPI', document],
    ['AsyncAPI', asyncApiDocument()],
  ])('can be written as JSON, with every reference in it: %s', (_name, whole) => {
    const text = JSON.stringify(whole);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);
    for (const reference of references) {
      const [start, ...segments] = reference.split('/');
      const target = segments.reduce<unknown>((node, key) => (node as JsonSchema | undefined)?.[key], whole);
      expect([reference, start, typeof target]).toEqual([reference, '#', 'object']);
    }
    expect(references).toContain('#/components/schemas/RequirementOf1Levels');
    expect(text).not.toContain('$defs');
  });

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
  const loaded = [...docsPage.matchAll(/<(?:script|link|img|iframe)[^>]+(?:src|href)="([^"]*)"/g)].map(
    ([, url]) => url,
  );
  const style = swaggerUiFile('swagger-ui.css').toString();
  const started = /<script>(.*)<\/script>/.exec(docsPage)?.[1] ?? '';

  it('shows the document of every operation', () => {
    expect(started).toContain("url: '/api/openapi.json'");
    for (const { path, method } of apiRoutes)
      expect(document.paths[templateOf(path)]).toHaveProperty(method.toLowerCase());
  });

  it('loads its own files and nothing from outside', () => {
    expect(loaded).toEqual(['data:,', '/api/docs/swagger-ui.css', '/api/docs/swagger-ui-bundle.js']);
    expect(docsPage).not.toMatch(/https?:|\/\/[a-z]|style=|<style/);
    expect(style).not.toMatch(/@import|url\(["']?(?!["']?data:)/);
  });

  it('asks no validator of somebody else', () => {
    expect(started).toContain('validatorUrl: null');
  });

  it('runs its own files and the script in it, by its hash, and no other', () => {
    const hash = createHash('sha256').update(started).digest('base64');
    expect(docsPolicy).toContain(`script-src 'self' 'sha256-${hash}';`);
    expect(docsPolicy).toMatch(/^default-src 'none';/);
    expect(docsPolicy).not.toMatch(/unsafe|https?:|\*/);
  });
});
