import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { tablesOf } from '../data/table-files.ts';
import { redisNames } from '../data/redis.stack.ts';
import { systemName, type AppName } from '../deployment/app-names.ts';

const period = Duration.minutes(1);

/** Average CPU of the tasks of a service, percent. */
export function cpuOf(app: AppName): Metric {
  return new Metric({
    namespace: 'AWS/ECS',
    metricName: 'CPUUtilization',
    dimensionsMap: { ClusterName: systemName, ServiceName: app },
    statistic: Stats.AVERAGE,
    period,
    label: app,
  });
}

function tableMetric(table: string, metricName: string, statistic: string, index?: string): Metric {
  const dimensionsMap = { TableName: table, ...(index !== undefined && { GlobalSecondaryIndexName: index }) };
  return new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap, statistic, period });
}

/** The sum of one figure over all tables and indexes of a service; `as` says what its parts are called. */
function overTables(app: AppName, figure: { metricName: string; statistic: string; as: string }) {
  const { metricName, statistic, as } = figure;
  const metrics = tablesOf(app).flatMap(({ name, indexes }) => [
    tableMetric(name, metricName, statistic),
    ...indexes.map((index) => tableMetric(name, metricName, statistic, index.name)),
  ]);
  const usingMetrics = Object.fromEntries(metrics.map((metric, at) => [`${as}_${app}_${at}`, metric]));
  return { expression: `SUM([${Object.keys(usingMetrics).join(', ')}])`, usingMetrics };
}

/** Read units a second that the tables and indexes of a service consume. */
export function readUnitsOf(app: AppName): MathExpression {
  const consumed = { metricName: 'ConsumedReadCapacityUnits', statistic: Stats.SUM, as: 'used' };
  const { expression, usingMetrics } = overTables(app, consumed);
  return new MathExpression({
    expression: `${expression} / 60`,
    usingMetrics,
    label: `${app}, consumed`,
    period,
  });
}

/** Read units a second that are provisioned for a service; without a value where its tables are on demand. */
export function provisionedReadUnitsOf(app: AppName): MathExpression {
  const provisioned = { metricName: 'ProvisionedReadCapacityUnits', statistic: Stats.AVERAGE, as: 'paid' };
  return new MathExpression({ ...overTables(app, provisioned), label: `${app}, provisioned`, period });
}

/** Events of one kind at the table `name`: throttled reads or writes. */
export function throttlesOf(name: string, kind: 'Read' | 'Write'): Metric {
  return tableMetric(name, `${kind}ThrottleEvents`, Stats.SUM);
}

/** A figure of the nodes of a Redis. */
export function redisMetric(redis: keyof typeof redisNames, metricName: string, statistic: string): IMetric {
  return new Metric({
    namespace: 'AWS/ElastiCache',
    metricName,
    dimensionsMap: { CacheClusterId: `${redisNames[redis]}-001` },
    statistic,
    period,
  });
}

/** Reads that the cache could answer, percent. */
export function hitRate(nodes: number): MathExpression {
  const metric = (metricName: string, node: number) =>
    new Metric({
      namespace: 'AWS/ElastiCache',
      metricName,
      dimensionsMap: { CacheClusterId: `${redisNames.cache}-00${node}` },
      statistic: Stats.SUM,
      period,
    });
  const all = Array.from({ length: nodes }, (_, at) => at + 1);
  const ids = (kind: string) => all.map((node) => `${kind}${node}`).join(' + ');
  const usingMetrics = Object.fromEntries(
    all.flatMap((node) => [
      [`hits${node}`, metric('CacheHits', node)],
      [`misses${node}`, metric('CacheMisses', node)],
    ]),
  );
  const hits = ids('hits');
  return new MathExpression({
    expression: `100 * (${hits}) / (${hits} + ${ids('misses')})`,
    usingMetrics,
    label: 'hit rate',
    period,
  });
}
