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

/** One figure over all tables and indexes of a service. */
function overTables(app: AppName, metricName: string, statistic: string) {
  const metrics = tablesOf(app).flatMap(({ name, indexes }) => [
    tableMetric(name, metricName, statistic),
    ...indexes.map((index) => tableMetric(name, metricName, statistic, index.name)),
  ]);
  return Object.fromEntries(metrics.map((metric, at) => [`${app}${at}`, metric]));
}

/** Read units a second that the tables and indexes of a service consume. */
export function readUnitsOf(app: AppName): MathExpression {
  return new MathExpression({
    expression: 'SUM(METRICS()) / 60',
    usingMetrics: overTables(app, 'ConsumedReadCapacityUnits', Stats.SUM),
    label: `${app}, consumed`,
    period,
  });
}

/** Read units a second that are provisioned for a service; without a value where its tables are on demand. */
export function provisionedReadUnitsOf(app: AppName): MathExpression {
  return new MathExpression({
    expression: 'SUM(METRICS())',
    usingMetrics: overTables(app, 'ProvisionedReadCapacityUnits', Stats.AVERAGE),
    label: `${app}, provisioned`,
    period,
  });
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
