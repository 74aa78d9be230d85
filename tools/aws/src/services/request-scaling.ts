import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { Construct } from 'constructs';
import { systemName, type AppName } from '../deployment/app-names.ts';

/** What a service behind the gateway is scaled by. */
export interface RequestScalingProps {
  readonly app: AppName;
  /** `app/<name>/<id>` of the load balancer. */
  readonly balancer: string;
  /** Requests in a minute for each task. */
  readonly requestsPerTask: number;
}

/**
 * Scales a service that is not behind a load balancer: by all requests at the gateway's load balancer, divided by the
 * tasks of this service.
 */
export function scaleByRequests(scope: Construct, props: RequestScalingProps): CfnScalingPolicy {
  const { app, balancer, requestsPerTask } = props;
  const metric = (namespace: string, metricName: string, dimensions: Record<string, string>) => ({
    namespace,
    metricName,
    dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
  });
  return new CfnScalingPolicy(scope, 'ByRequests', {
    policyName: `${systemName}-${app}-requests`,
    policyType: 'TargetTrackingScaling',
    resourceId: `service/${systemName}/${app}`,
    scalableDimension: 'ecs:service:DesiredCount',
    serviceNamespace: 'ecs',
    targetTrackingScalingPolicyConfiguration: {
      targetValue: requestsPerTask,
      scaleInCooldown: 300,
      scaleOutCooldown: 60,
      customizedMetricSpecification: {
        metrics: [
          {
            id: 'requests',
            metricStat: {
              metric: metric('AWS/ApplicationELB', 'RequestCount', { LoadBalancer: balancer }),
              stat: 'Sum',
            },
            returnData: false,
          },
          {
            id: 'tasks',
            metricStat: {
              metric: metric('ECS/ContainerInsights', 'RunningTaskCount', {
                ClusterName: systemName,
                ServiceName: app,
              }),
              stat: 'Average',
            },
            returnData: false,
          },
          { id: 'share', expression: 'requests / tasks', label: 'Requests a task', returnData: true },
        ],
      },
    },
  });
}
