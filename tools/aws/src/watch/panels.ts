import { GraphWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { HttpCodeElb, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { appNames } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { EdgeStack } from '../network/edge.stack.ts';
import { tableCapacity } from '../data/capacity.ts';
import { cpuOf, hitRate, provisionedReadUnitsOf, readUnitsOf } from './metrics.ts';

const size = { width: 12, height: 6 };

/** The seven panels that say how the system does. */
export function panels({ targets, balancer }: EdgeStack, deployment: Deployment): GraphWidget[] {
  const time = targets.metrics;
  const failures = [
    time.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { label: 'of the gateway' }),
    balancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, { label: 'of the load balancer' }),
  ];
  return [
    new GraphWidget({
      ...size,
      title: 'TargetResponseTime, average and p99',
      left: [
        time.targetResponseTime({ statistic: Stats.AVERAGE, label: 'average' }),
        time.targetResponseTime({ statistic: Stats.p(99), label: 'p99' }),
      ],
    }),
    new GraphWidget({ ...size, title: 'RequestCount', left: [time.requestCount()] }),
    new GraphWidget({ ...size, title: 'UnhealthyHostCount', left: [time.unhealthyHostCount()] }),
    new GraphWidget({ ...size, title: '5XX', left: failures }),
    new GraphWidget({ ...size, title: 'CPU', left: appNames.map(cpuOf) }),
    readPanel(deployment),
    new GraphWidget({ ...size, title: 'Redis hit rate', left: [hitRate(deployment.redisNodes)] }),
  ];
}

/** On demand nothing is provisioned, so the line is what would be. */
function readPanel({ tables }: Deployment): GraphWidget {
  const consumed = appNames.map(readUnitsOf);
  const title = 'RCU against provisioned';
  if (tables === 'provisioned') {
    return new GraphWidget({ ...size, title, left: [...consumed, ...appNames.map(provisionedReadUnitsOf)] });
  }
  const leftAnnotations = [{ value: tableCapacity.read, label: 'would be provisioned for a table' }];
  return new GraphWidget({ ...size, title, left: consumed, leftAnnotations });
}
