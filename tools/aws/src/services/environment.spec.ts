import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appNames, type AppName } from '../deployment/app-names.ts';
import { workspaceRoot } from '../deployment/workspace.ts';
import { propertiesOf, templateOf } from '../testing/synthesised.ts';

const configFiles: Record<AppName, string> = {
  gateway: 'config/gateway-config.ts',
  courses: 'courses.config.ts',
  enrollments: 'enrollments.config.ts',
  notifications: 'notifications.config.ts',
};

/** The schema by which a service reads its environment. It is read as a file: no tool is built on an app. */
async function schemaOf(app: AppName): Promise<z.ZodObject> {
  const file = join(workspaceRoot, 'apps', app, 'src', configFiles[app]);
  const exported = Object.values((await import(pathToFileURL(file).href)) as Record<string, unknown>);
  const schema = exported.find((each) => each instanceof z.ZodObject);
  if (!schema) throw new Error(`${file} exports no schema`);
  return schema;
}

const variable = z.looseObject({ Name: z.string(), Value: z.unknown() });
const definition = z.looseObject({
  ContainerDefinitions: z.tuple([
    z.looseObject({ Environment: z.array(variable), Secrets: z.array(z.looseObject({ Name: z.string() })) }),
  ]),
});

const secretExamples: Record<string, string> = {
  SERVICE_TOKEN_SECRET: 's'.repeat(64),
  CURSOR_SECRET: 'c'.repeat(64),
  REDIS_URL: 'rediss://:password@cache.example:6380/0',
  JOBS_REDIS_URL: 'rediss://:password@jobs.example:6380/0',
  SMTP_URL: 'smtps://user:password@email-smtp.us-east-1.amazonaws.com:465',
};

/** What CloudFormation puts in while it deploys. */
function resolved({ Name, Value }: z.infer<typeof variable>): string {
  if (typeof Value === 'string') return Value;
  return Name === 'KAFKA_BROKERS' ? 'b-1.example:9098,b-2.example:9098' : 'us-east-1';
}

function containerOf(app: AppName) {
  const [task] = propertiesOf(templateOf(app), 'AWS::ECS::TaskDefinition');
  const [{ Environment, Secrets }] = definition.parse(task).ContainerDefinitions;
  return { plain: Environment, secrets: Secrets.map(({ Name }) => Name) };
}

describe.each(appNames)('the environment of %s', (app) => {
  const { plain, secrets } = containerOf(app);
  // Becomes the file that SIGNING_KEYS_FILE names.
  const read = secrets.filter((name) => name !== 'SIGNING_KEYS');

  it('has only variables that the service reads', async () => {
    const known = Object.keys((await schemaOf(app)).shape);
    expect([...plain.map(({ Name }) => Name), ...read].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('is taken by the config of the service', async () => {
    const environment = Object.fromEntries([
      ...plain.map((each) => [each.Name, resolved(each)]),
      ...read.map((name) => [name, secretExamples[name]]),
    ]);
    const config = loadConfig(await schemaOf(app), environment);
    expect(config).toMatchObject({
      NODE_ENV: 'production',
      HOST: '0.0.0.0',
      KAFKA_SECURITY: 'iam',
      PORT: 3000,
    });
  });

  it('holds no secret in plain words', () => {
    const names = plain.map(({ Name }) => Name);
    expect(
      names.filter((name) => name in secretExamples || /SECRET|PASSWORD|TOKEN_S|KEYS$/.test(name)),
    ).toEqual([]);
    expect(JSON.stringify(plain)).not.toMatch(/resolve:secretsmanager/);
  });
});
