import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { retentionSettings } from '@registrar/contracts-gateway';
import { z } from 'zod';
import { projectRoot } from './workspace.ts';

const tag = z.string().regex(/^[\w][\w.-]{0,127}$/, 'must be the tag of an image');
const count = z.int().min(1);
const retentionNames = Object.keys(retentionSettings) as (keyof typeof retentionSettings)[];

const service = z
  .strictObject({
    /** Of the image in the service's own repository. */
    tag,
    /** CPU units of a task; 1,024 are one vCPU. */
    cpu: z.literal([256, 512, 1024, 2048, 4096]),
    memoryMiB: z.int().min(512),
    minTasks: count,
    maxTasks: count,
    /** Average CPU that auto-scaling aims at, percent of a task. */
    cpuPercent: z.int().min(10).max(90),
    /** Requests of the API in a minute for each task of this service, that auto-scaling aims at. */
    requestsPerTask: count,
  })
  .refine(({ minTasks, maxTasks }) => minTasks <= maxTasks, 'minTasks must not be above maxTasks');

const kafka = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('provisioned'),
    /** Over two zones, so a multiple of two. */
    brokers: z.int().min(2).multipleOf(2),
    gbPerBroker: count,
  }),
  z.strictObject({ kind: z.literal('serverless') }),
]);

const deployment = z.strictObject({
  /** Certificate of the load balancer, in its region. */
  certificateArn: z.string().startsWith('arn:aws:acm:'),
  /** Certificate of the CDN for the same name; CloudFront takes those of us-east-1 only. */
  cdnCertificateArn: z.string().startsWith('arn:aws:acm:us-east-1:'),
  /** Where clients find the system. */
  publicUrl: z.url({ protocol: /^https$/ }),
  /**
   * What the system calls itself, the IANA zone that it says times in, its languages, the default first, and its
   * grades (`GRADES`, `PASS_MARK`) where they are not the usual ones.
   */
  campus: z.strictObject({
    name: z.string().min(1),
    timeZone: z.string().min(1),
    locales: z.array(z.string().min(2)).min(1),
    grades: z.string().min(1).optional(),
    passMark: z.int().min(0).max(100).optional(),
  }),
  /** Days that things are kept for (`docs/privacy.md`), by variable, where they are not the usual ones. */
  retentionDays: z.partialRecord(z.enum(retentionNames), z.int().min(1)).optional(),
  /**
   * Who gets accounts and how, where it is not the usual way. `campusSignIn`: by OpenID Connect; the providers are a
   * secret (`OIDC_PROVIDERS`), as their client secrets are among them.
   */
  accounts: z
    .strictObject({
      campusSignIn: z.boolean(),
      selfRegistration: z.boolean(),
      registrationDomains: z.array(z.string().min(3)).min(1),
      emailConfirmation: z.boolean(),
      profileEditable: z.boolean(),
    })
    .partial()
    .optional(),
  /** From which mails are sent. */
  mailDomain: z.string().min(3),
  /** Receives alarms; must confirm by mail once. */
  alarmEmail: z.email().optional(),
  vpcCidr: z.cidrv4(),
  natGateways: z.int().min(1).max(2),
  /** `provisioned`: 20 RCU and 10 WCU for the tables with the four indexes that people read. */
  tables: z.enum(['on-demand', 'provisioned']),
  kafka,
  /** Of each of the two Redis; with two, one may be lost. */
  redisNodes: z.literal([1, 2]),
  logRetentionDays: z.literal([7, 14, 30, 60, 90, 180, 365]),
  /** Tag of the image of the messaging tool, which makes the topics. */
  topicsTag: tag,
  services: z.strictObject({
    gateway: service,
    courses: service,
    enrollments: service,
    notifications: service,
  }),
});

/** How a system is deployed: `deployments/<name>.json`. */
export type Deployment = z.infer<typeof deployment>;

/**
 * Reads a deployment by its name.
 *
 * @throws Error with every fault of the file
 */
export function readDeployment(name: string): Deployment {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`${name} is not the name of a deployment`);
  return parseDeployment(JSON.parse(readFileSync(join(projectRoot, 'deployments', `${name}.json`), 'utf8')));
}

/** Takes a deployment that is right in itself. @throws Error with every fault */
export function parseDeployment(json: unknown): Deployment {
  const parsed = deployment.safeParse(json);
  if (!parsed.success) throw new Error(`The deployment is not valid:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
