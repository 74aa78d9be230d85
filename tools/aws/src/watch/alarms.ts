import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  Stats,
  TreatMissingData,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { tablesOf } from '../data/table-files.ts';
import { appNames, systemName, type AppName } from '../deployment/app-names.ts';
import type { EdgeStack } from '../network/edge.stack.ts';
import { cpuOf, redisMetric, throttlesOf } from './metrics.ts';

/** Metrics that an alarm takes at most. */
const mostMetrics = 10;

/** An alarm is raised above `threshold` for so many minutes. */
interface Rule {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly minutes: number;
  readonly description: string;
}

/** Thresholds of the alarms. */
export const limits = { p99Seconds: 1, failuresPercent: 1, cpuPercent: 85, memoryPercent: 80 } as const;

/** The alarms, all to one topic. */
export class Alarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly topic: ITopic,
    edge: EdgeStack,
  ) {
    super(scope, id);
    this.ofTheEdge(edge);
    for (const app of appNames) this.ofService(app);
    this.ofRedis();
  }

  private ofTheEdge({ targets }: EdgeStack): void {
    const { metrics } = targets;
    const minute = { period: Duration.minutes(1) };
    this.alarm('slow', {
      metric: metrics.targetResponseTime({ statistic: Stats.p(99), ...minute }),
      threshold: limits.p99Seconds,
      minutes: 5,
      description: 'One answer in a hundred takes longer than a second.',
    });
    this.alarm('unhealthy', {
      metric: metrics.unhealthyHostCount(minute),
      threshold: 0,
      minutes: 3,
      description: 'An instance of the gateway is not ready.',
    });
    const usingMetrics = {
      failed: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, minute),
      all: metrics.requestCount(minute),
    };
    this.alarm('failing', {
      metric: new MathExpression({ expression: '100 * failed / all', usingMetrics, ...minute }),
      threshold: limits.failuresPercent,
      minutes: 3,
      description: 'One request in a hundred fails.',
    });
  }

  private ofService(app: AppName): void {
    this.alarm(`${app}-cpu`, {
      metric: cpuOf(app),
      threshold: limits.cpuPercent,
      minutes: 5,
      description: `${app} has no CPU to spare, though it was scaled.`,
    });
    for (const kind of ['Read', 'Write'] as const) this.ofThrottling(app, kind);
  }

  private ofThrottling(app: AppName, kind: 'Read' | 'Write'): void {
    const tables = tablesOf(app);
    for (let at = 0; at < tables.length; at += mostMetrics) {
      const metrics = tables
        .slice(at, at + mostMetrics)
        .map(({ name }, index) => [`t${index}`, throttlesOf(name, kind)] as const);
      const usingMetrics = Object.fromEntries(metrics);
      const expression = metrics.map(([key]) => `FILL(${key}, 0)`).join(' + ');
      const part = at === 0 ? '' : `-${at / mostMetrics + 1}`;
      this.alarm(`${app}-throttled-${kind.toLowerCase()}s${part}`, {
        metric: new MathExpression({ expression, usingMetrics, period: Duration.minutes(1) }),
        threshold: 0,
        minutes: 3,
        description: `DynamoDB refuses ${kind.toLowerCase()}s of ${app} for their rate.`,
      });
    }
  }

  private ofRedis(): void {
    for (const redis of ['cache', 'jobs'] as const) {
      this.alarm(`${redis}-cpu`, {
        metric: redisMetric(redis, 'EngineCPUUtilization', Stats.AVERAGE),
        threshold: limits.cpuPercent,
        minutes: 5,
        description: `Redis of the ${redis} has no CPU to spare.`,
      });
    }
    this.alarm('jobs-memory', {
      metric: redisMetric('jobs', 'DatabaseMemoryUsagePercentage', Stats.AVERAGE),
      threshold: limits.memoryPercent,
      minutes: 5,
      description: 'Redis of the jobs is nearly full, and evicts nothing.',
    });
  }

  private alarm(name: string, { metric, threshold, minutes, description }: Rule): void {
    const alarm = new Alarm(this, name, {
      alarmName: `${systemName}-${name}`,
      alarmDescription: description,
      metric,
      threshold,
      evaluationPeriods: minutes,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }
}
