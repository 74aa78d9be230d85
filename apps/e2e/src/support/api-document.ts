import { bodyOf } from '@registrar/contracts-http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Client } from './client.ts';

/** A part of the document. */
type Node = Record<string, unknown>;

interface Media {
  schema: object;
  example?: unknown;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  example?: string;
}

/** An operation as the OpenAPI document of the running system shows it. */
export interface DocumentedOperation {
  method: string;
  path: string;
  operationId: string;
  /** Whether it can be called without a token. */
  isPublic: boolean;
  description: string;
  parameters: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}

/** The OpenAPI document of a running system, and what it says of answers. */
export class ApiDocument {
  private readonly ajv = new Ajv2020({ strict: false, validateFormats: false });
  private readonly validators = new Map<string, ValidateFunction>();

  private constructor(
    readonly operations: DocumentedOperation[],
    document: object,
  ) {
    this.ajv.addSchema(document, 'document');
  }

  /** Reads it from the gateway. */
  static async of(gatewayUrl: string): Promise<ApiDocument> {
    const document = bodyOf(await Client.anonymous(gatewayUrl).api.openApi({}));
    const paths = document['paths'] as Record<string, Record<string, Node>>;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, node]) => operationOf(method.toUpperCase(), path, node)),
    );
    return new ApiDocument(operations, document);
  }

  /** What is wrong with an answer by its own document; empty where it is as documented. */
  faultsOf(operation: DocumentedOperation, status: number, type: string, text: string): string[] {
    const response = operation.responses[status];
    if (!response) return [`${status} is not documented: ${text.slice(0, 300)}`];
    const [media = ''] = type.split(';', 1);
    if (text === '') return [];
    if (!response.content?.[media]) return [`${status} as ${media} is not documented`];
    if (!media.endsWith('json')) return [];
    const validate = this.validator(operation, status, media);
    if (validate(JSON.parse(text))) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  private validator({ path, method }: DocumentedOperation, status: number, media: string): ValidateFunction {
    const pointer = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      media,
      'schema',
    ];
    const reference = `document#/${pointer.map(escaped).join('/')}`;
    const known = this.validators.get(reference) ?? this.ajv.compile({ $ref: reference });
    this.validators.set(reference, known);
    return known;
  }
}

function operationOf(method: string, path: string, node: Node): DocumentedOperation {
  const security = node['security'] as object[];
  return {
    method,
    path,
    operationId: String(node['operationId']),
    description: String(node['description'] ?? ''),
    isPublic: security.some((scheme) => Object.keys(scheme).length === 0),
    parameters: node['parameters'] as Parameter[],
    ...(node['requestBody']
      ? { requestBody: node['requestBody'] as { content: Record<string, Media> } }
      : {}),
    responses: node['responses'] as DocumentedOperation['responses'],
  };
}

/** A segment of a JSON pointer in a URI. */
function escaped(segment: string): string {
  return encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));
}
