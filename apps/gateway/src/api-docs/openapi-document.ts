import { STATUS_CODES } from 'node:http';
import { faultCodes, formType, parametersOf } from '@registrar/contracts-http';
import type { GoodAnswer, Route, Schema } from '@registrar/contracts-http';
import { jsonSchemaOf, objectParameters } from './json-schemas.ts';
import { securityOf, securitySchemes } from './security.rules.ts';
import type { JsonSchema } from './json-schemas.ts';
import { formSchema, oauthErrorContent } from './oauth-schemas.rules.ts';
import { problemCodes } from './problem-codes.rules.ts';
import { withSharedSchemas } from './shared-schemas.rules.ts';

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem details. Programs go by `code`.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'For people.' },
    instance: { type: 'string' },
    code: { type: 'string', description: 'Stable.' },
    traceId: { type: 'string' },
    errors: {
      type: 'array',
      description: 'Every fault of an input, with `validation_failed`.',
      items: {
        type: 'object',
        required: ['path', 'code', 'message'],
        properties: {
          path: { type: 'string', description: 'Such as `meetings.0.start`; empty for the whole.' },
          code: { enum: faultCodes, description: 'Stable.' },
          message: { type: 'string', description: 'For people.' },
          params: { type: 'object', description: 'Bounds that the message says: `min`, `max`, `step`.' },
        },
      },
    },
    params: {
      type: 'object',
      description: 'The values that `detail` says, for clients that say it in another language.',
    },
    conflicts: { type: 'array', items: { type: 'string' }, description: 'Courses that stand in the way.' },
  },
};

const headers: JsonSchema = {
  ETag: text('Strong, over the bytes sent. Send it as If-None-Match.'),
  'Cache-Status': text('Which cache answered (RFC 9211).'),
  RateLimit: text('What the caller has left (IETF draft).'),
  'RateLimit-Policy': text('The limit that counts for the caller (IETF draft).'),
  'X-Request-Id': text('Names the request, in logs too.'),
  Traceparent: text('W3C trace context.'),
  'Retry-After': text('Seconds to wait.'),
  'Idempotency-Replayed': text('`true` where a stored answer is given again.'),
};

/** The OpenAPI 3.1 document of all services. */
export function openApiDocument(routes: readonly Route[]): JsonSchema {
  const operations: Record<string, JsonSchema> = {};
  for (const route of routes) {
    (operations[templateOf(route.path)] ??= {})[route.method.toLowerCase()] = operationObject(route);
  }
  const { part: paths, schemas } = withSharedSchemas(operations);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Registrar',
      version: '1.0.0',
      description: 'Course registration: sign in, find a course, take a seat, be notified.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes,
      schemas: { Problem: problemSchema, ...schemas },
      headers,
    },
  };
}

/** A path with its parameters as OpenAPI writes them. */
export function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

function operationObject(route: Route): JsonSchema {
  const { id, tag, summary, description, caller, body } = route;
  const isOpen = caller === 'public' || caller === 'anonymous';
  const who = isOpen || caller === 'signed-in' ? undefined : `Needs the role ${String(caller)}.`;
  const words = [who, description].filter((part) => part !== undefined).join(' ');
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(words === '' ? {} : { description: words }),
    security: securityOf(route),
    parameters: parameterObjects(route),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(route, body) } }),
    responses: { ...goodResponses(route), ...problemResponses(route) },
  };
}

function contentOf({ examples }: Route, body: NonNullable<Route['body']>): JsonSchema {
  const example = examples?.body;
  if (body === formType) return { [body]: { schema: formSchema(example), example } };
  if (typeof body === 'string') return { [body]: { schema: { type: 'string' }, example } };
  return { 'application/json': { schema: jsonSchemaOf(body, 'input'), example } };
}

function parameterObjects(route: Route): JsonSchema[] {
  const { path, params, query, headers = {}, idempotency, conditional, examples } = route;
  const stated = params ? objectParameters(params, 'path') : [];
  const inPath = parametersOf(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    ...stated.find((parameter) => parameter['name'] === name),
    example: examples?.params?.[name],
  }));
  const inQuery = (query ? objectParameters(query, 'query') : []).map((parameter) => {
    const example = examples?.query?.[String(parameter['name'])];
    return example === undefined ? parameter : { ...parameter, example };
  });
  const key = idempotency !== 'none' && {
    name: 'Idempotency-Key',
    in: 'header',
    required: idempotency === 'required',
    description: 'The same key and body get the same answer for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  };
  const match = conditional === 'if-match' && {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag that was read; only its version part is compared.',
    schema: { type: 'string' },
    example: '"1"',
  };
  const inHeaders = Object.entries(headers).map(([name, { description, example }]) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
    example,
  }));
  return [
    ...inPath,
    ...inQuery,
    ...inHeaders,
    ...[key, match].filter((parameter) => typeof parameter === 'object'),
  ];
}

function goodResponses(route: Route): JsonSchema {
  const responses: JsonSchema = {};
  for (const [status, answer] of Object.entries(route.answers))
    responses[status] = goodResponse(route, answer);
  if (route.conditional === 'etag') responses['304'] = { description: 'The client has it already.' };
  return responses;
}

function goodResponse({ conditional, cache, method, idempotency }: Route, answer: GoodAnswer): JsonSchema {
  const content: JsonSchema = {};
  if (answer.schema) {
    const schema = jsonSchemaOf(answer.schema, 'output');
    content['application/json'] = {
      schema,
      ...(answer.example === undefined ? {} : { example: answer.example }),
    };
  }
  for (const [type, description] of Object.entries(answer.alternatives ?? {})) {
    content[type] = { schema: { type: 'string', description } };
  }
  const named = [
    'X-Request-Id',
    'Traceparent',
    'RateLimit',
    'RateLimit-Policy',
    ...(conditional === 'etag' ? ['ETag'] : []),
    ...(method === 'GET' && cache.name !== undefined ? ['Cache-Status'] : []),
    ...(idempotency === 'none' ? [] : ['Idempotency-Replayed']),
  ];
  const own = Object.entries(answer.headers ?? {}).map(([name, words]) => [name, text(words)]);
  return {
    description: answer.description,
    headers: {
      ...Object.fromEntries(named.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
      ...Object.fromEntries(own),
    },
    ...(Object.keys(content).length > 0 ? { content } : {}),
  };
}

function problemResponses(route: Route): JsonSchema {
  const entries = Object.entries(problemCodes(route)).map(([status, codes]) => {
    const [code] = codes;
    const title = STATUS_CODES[Number(status)] ?? 'Error';
    const example = {
      type: `urn:registrar:problem:${code}`,
      title,
      status: Number(status),
      detail: title,
      instance: templateOf(route.path),
      code,
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    };
    const schema = {
      allOf: [
        { $ref: '#/components/schemas/Problem' },
        { properties: { code: { enum: codes } } },
        ...codes.flatMap((each) => paramsSchema(each, route.problemParams?.[each])),
      ],
    };
    const waits = ['429', '503', '504'].includes(status);
    return [
      status,
      {
        description: `Problem: ${codes.join(', ')}.`,
        ...(waits ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } } : {}),
        content: { 'application/problem+json': { schema, example }, ...oauthErrorContent(route, status) },
      },
    ];
  });
  return Object.fromEntries(entries) as JsonSchema;
}

/** What `params` hold where a problem has this code. */
function paramsSchema(code: string, params: Schema | undefined): JsonSchema[] {
  if (!params) return [];
  const is = { properties: { code: { const: code } } };
  return [{ if: is, then: { properties: { params: jsonSchemaOf(params, 'output') } } }];
}

function text(description: string): JsonSchema {
  return { description, schema: { type: 'string' } };
}
