import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { until } from './process/wait.ts';
import { Launcher } from './testing/launcher.ts';

/** Redis and MailDev are started by the launcher itself, the slower parts are those of the test stack. */
const partly = {
  REDIS_URL: undefined,
  JOBS_REDIS_URL: undefined,
  SMTP_URL: undefined,
  MAIL_PAGE_URL: undefined,
};

const launchers: Launcher[] = [];

function launch(...args: ConstructorParameters<typeof Launcher>): Launcher {
  const launcher = new Launcher(...args);
  launchers.push(launcher);
  return launcher;
}

afterEach(async () => {
  for (const launcher of launchers.splice(0)) await launcher.cleanUp();
});

/** A folder of programs that has none of Java, Maven, Docker and Redis. */
function emptyPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'registrar-path-'));
  // The last call of the programs in it may still write when the launcher has ended.
  onTestFinished(() => rmSync(directory, { recursive: true, maxRetries: 20, retryDelay: 50 }));
  return directory;
}

/** A PATH on which `docker` notes how it was called, and succeeds except where told otherwise. */
function dockerPath({ failing = 'nothing' } = {}): { PATH: string; calls: () => string[] } {
  const directory = emptyPath();
  const log = join(directory, 'calls.log');
  const script = `#!/bin/sh\necho "$@" >> '${log}'\ncase "$*" in *" ${failing} "*) echo 'no image' >&2; exit 1;; esac\n`;
  writeFileSync(join(directory, 'docker'), script, { mode: 0o755 });
  return {
    PATH: `${directory}:${process.env['PATH']}`,
    calls: () => readFileSync(log, 'utf8').trimEnd().split('\n'),
  };
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

describe('a running system', () => {
  it('has every app as a process, answers at the recorded addresses and ends in order when asked', async () => {
    const launcher = launch(partly);
    const record = await launcher.untilUp();
    expect(record.enrollments.instances).toHaveLength(2);
    expect(record.kafka).not.toHaveProperty('pid');
    const pids = [record.gateway, record.courses, record.notifications, record.redis, record.mail].map(
      ({ pid }) => pid,
    );
    expect(launcher.processes()).toEqual(expect.arrayContaining(pids));
    for (const { url } of [record.gateway, ...(record.enrollments.instances ?? [])]) {
      expect((await fetch(url)).status).toBe(200);
    }
    expect((await fetch(record.gateway.metricsUrl)).status).toBe(200);
    const page = await fetch(record.mail.pageUrl ?? '', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    launcher.signal('SIGTERM');
    expect(await launcher.untilEnded()).toBe(0);
    expect(launcher.processes()).toEqual([]);
    expect(existsSync(launcher.recordFile)).toBe(false);
    expect(existsSync(launcher.directory)).toBe(false);
  });

  it('brings a killed app back at the same address and records its new pid', async () => {
    const launcher = launch();
    const { courses } = await launcher.untilUp();
    process.kill(courses.pid, 'SIGKILL');
    expect(await until(() => launcher.record().courses.pid !== courses.pid, { timeoutMs: 10_000 })).toBe(
      true,
    );
    const answers = (): Promise<boolean> =>
      fetch(courses.url).then(
        ({ ok }) => ok,
        () => false,
      );
    expect(await until(answers, { timeoutMs: 10_000 })).toBe(true);
    expect(launcher.output).toContain('courses was ended by SIGKILL; starting it again.');
  });

  it('keeps its secrets from others', async () => {
    const launcher = launch();
    await launcher.untilUp();
    expect(statSync(join(launcher.directory, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('leaves no process behind when its launcher is killed', async () => {
    const launcher = launch(partly);
    await launcher.untilUp();
    expect(launcher.processes().length).toBeGreaterThan(6);
    launcher.signal('SIGKILL');
    await launcher.untilEnded();
    expect(await launcher.untilNothingRuns()).toBe(true);
    expect(await until(() => !existsSync(launcher.recordFile), { timeoutMs: 10_000 })).toBe(true);
  });

  it('is not started twice, and the second attempt disturbs nothing', async () => {
    const launcher = launch();
    const { gateway } = await launcher.untilUp();
    const second = launch({}, { name: launcher.name });
    expect(await second.untilEnded()).toBe(1);
    expect(second.output).toMatch(
      /^Registrar runs in this checkout already \(stack ".+", process \d+\): stop it first\.\n$/,
    );
    expect((await fetch(gateway.url)).status).toBe(200);
  });
});

describe('a system on Docker', () => {
  it('has the missing parts brought up by compose, and taken down with their volumes at the end', async () => {
    const { PATH, calls } = dockerPath();
    const launcher = launch({ ...partly, PATH });
    const record = await launcher.untilUp();
    expect(record.redis).not.toHaveProperty('pid');
    expect(calls().at(-1)).toMatch(
      /^compose -f \S+docker-compose\.yml -p registrar-stub-\S+ up .* redis maildev$/,
    );
    launcher.signal('SIGTERM');
    expect(await launcher.untilEnded()).toBe(0);
    expect(calls().at(-1)).toMatch(/ down --timeout 10 --volumes$/);
  });

  it('is taken down also when its launcher is killed', async () => {
    const { PATH, calls } = dockerPath();
    const launcher = launch({ ...partly, PATH });
    await launcher.untilUp();
    launcher.signal('SIGKILL');
    const isDown = (): boolean => calls().at(-1)?.endsWith(' down --timeout 10 --volumes') ?? false;
    expect(await until(isDown, { timeoutMs: 20_000 })).toBe(true);
  });

  it('goes on with processes of its own when Docker cannot bring the parts up', async () => {
    const { PATH } = dockerPath({ failing: 'up' });
    const launcher = launch({ ...partly, PATH });
    expect(await launcher.untilUp()).toMatchObject({ redis: { pid: expect.any(Number) as number } });
    expect(launcher.output).toContain('no image. Going on without Docker.');
  });
});

describe('a start that cannot succeed', () => {
  it('says in one line what to install where there is neither Java nor Docker', async () => {
    const unset = { KAFKA_BROKERS: undefined, DYNAMODB_ENDPOINT: undefined };
    const launcher = launch({ ...unset, PATH: emptyPath() });
    expect(await launcher.untilEnded()).toBe(1);
    expect(launcher.output).toMatch(
      /^Kafka and DynamoDB Local cannot be started here: install Java 17 or later.*\n$/,
    );
    expect(launcher.processes()).toEqual([]);
  });

  it('names a port that is in use', async () => {
    const port = await takenPort();
    const launcher = launch({ STUB_GATEWAY_PORT: String(port) });
    expect(await launcher.untilEnded()).toBe(1);
    expect(launcher.output).toBe(
      `Port ${port} of the gateway is in use: end what listens there, or set PORT to another port.\n`,
    );
    expect(launcher.processes()).toEqual([]);
  });

  it('names a given broker that does not answer', async () => {
    const launcher = launch({ KAFKA_BROKERS: '127.0.0.1:1' });
    expect(await launcher.untilEnded()).toBe(1);
    expect(launcher.output).toMatch(/^KAFKA_BROKERS is given, but nothing answers at 127\.0\.0\.1:1 .*\n$/);
    expect(launcher.processes()).toEqual([]);
  });

  it('names the log of an app that ends at its start, and stops the others', async () => {
    const launcher = launch({ STUB_APP_FAULT: 'start' });
    expect(await launcher.untilEnded()).toBe(1);
    expect(launcher.output).toMatch(
      /ended with exit code 1 while it started; its log is .*\.log\. It said: ./,
    );
    expect(launcher.output).toContain('stub cannot start. The configuration is not valid');
    expect(launcher.processes()).toEqual([]);
    expect(readdirSync(join(launcher.directory, 'logs'))).toContain('gateway.log');
  });

  it('names every wrong variable before it starts anything', async () => {
    const env = { PORT: 'seven', MAIL_PAGE_PORT: '0' };
    const launcher = launch(env, { script: 'start' });
    expect(await launcher.untilEnded()).toBe(1);
    expect(launcher.output).toContain('PORT must be a whole number from 1 to 65535, not "seven".\n');
    expect(launcher.output).toContain('MAIL_PAGE_PORT must be a whole number from 1 to 65535, not "0".\n');
  });
});
