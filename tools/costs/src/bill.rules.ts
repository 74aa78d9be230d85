import type { Fleet } from './fleet.ts';
import type { ComparedLine, MonthlyUse, PriceList, PriceName } from './price-list.ts';

/** A line of a bill. */
export interface BillLine {
  readonly what: string;
  /** How it was reckoned: `2 x 730 h x $0.0456`. */
  readonly how: string;
  readonly usd: number;
}

/** The sums of the two columns. */
export function comparedTotals(lines: readonly ComparedLine[]): {
  readonly before: number;
  readonly after: number;
} {
  return {
    before: lines.reduce((sum, { beforeUsd }) => sum + beforeUsd, 0),
    after: lines.reduce((sum, { afterUsd }) => sum + afterUsd, 0),
  };
}

/** The sum of a bill. */
export function totalOf(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}

const bytesPerGb = 1_000_000_000;

/**
 * What a month uses: as many requests as made up the old system's transfer, at the sizes and consumptions that were
 * measured.
 */
export function monthlyUse(
  measured: {
    readonly bytesPerRequestBefore: number;
    readonly bytesPerRequestAfter: number;
    readonly readUnitsPerThousand: number;
    readonly writeUnitsPerEnrollment: number;
  },
  { assumptions }: Pick<PriceList, 'assumptions'>,
): MonthlyUse {
  const requests = (assumptions.transferGbBefore * bytesPerGb) / measured.bytesPerRequestBefore;
  return {
    requests,
    readUnits: (requests / 1_000) * measured.readUnitsPerThousand,
    writeUnits: assumptions.enrollmentsPerMonth * measured.writeUnitsPerEnrollment,
    transferGb: (requests * measured.bytesPerRequestAfter) / bytesPerGb,
  };
}

type Factor = readonly [amount: number, unit: string];

function line(what: string, factors: readonly Factor[], usd: number): BillLine {
  const amounts = factors.map(
    ([amount, unit]) => `${Number(amount.toFixed(3)).toLocaleString('en-US')} ${unit}`,
  );
  return { what, how: amounts.join(' x '), usd };
}

/** A bill in the making: what things cost, by the hour, by the month or by the amount. */
class Till {
  private readonly hours: Factor;

  constructor(private readonly list: PriceList) {
    this.hours = [list.hoursPerMonth, 'h'];
  }

  usd(amount: number, price: PriceName): number {
    return amount * this.list.prices[price].usd;
  }

  hourly(what: string, amount: number, unit: string, price: PriceName): BillLine {
    return line(what, [[amount, unit], this.hours], this.usd(amount, price) * this.list.hoursPerMonth);
  }

  metered(what: string, amount: number, unit: string, price: PriceName): BillLine {
    return line(what, [[amount, unit]], this.usd(amount, price));
  }
}

/** The whole bill of an architecture: what is there by the hour, and what is paid by the use. */
export function architectureBill(use: MonthlyUse, fleet: Fleet, list: PriceList): BillLine[] {
  const till = new Till(list);
  return [
    tasksLine(fleet, list),
    kafkaLine(fleet, list, till),
    till.hourly('Redis (ElastiCache)', fleet.cacheNodes, 'cache.t3.micro', 'cacheNodeHour'),
    ...databaseLines(use, fleet, list, till),
    ...networkLines(use, fleet, list, till),
    ...watchLines(fleet, list, till),
  ];
}

function tasksLine({ tasks }: Fleet, { prices, hoursPerMonth }: PriceList): BillLine {
  const all = tasks.reduce((sum, { count }) => sum + count, 0);
  const vcpus = tasks.reduce((sum, { count, vcpu }) => sum + count * vcpu, 0);
  const gbs = tasks.reduce((sum, { count, gb }) => sum + count * gb, 0);
  const hour = vcpus * prices.fargateVcpuHour.usd + gbs * prices.fargateGbHour.usd;
  const factors: Factor[] = [
    [all, `tasks, together ${vcpus} vCPU and ${gbs} GB`],
    [hoursPerMonth, 'h'],
  ];
  return line(`${tasks.length} services on Fargate`, factors, hour * hoursPerMonth);
}

function kafkaLine({ kafka }: Fleet, list: PriceList, till: Till): BillLine {
  const hours = list.hoursPerMonth;
  if (kafka.kind === 'provisioned') {
    const { brokers, gbPerBroker } = kafka;
    const storage = till.usd(brokers * gbPerBroker, 'brokerGbMonth');
    const factors: Factor[] = [
      [brokers, `kafka.t3.small with ${gbPerBroker} GB`],
      [hours, 'h'],
    ];
    return line('Kafka (MSK)', factors, till.usd(brokers, 'brokerHour') * hours + storage);
  }
  const { kafkaGb } = list.assumptions;
  const hour = till.usd(1, 'serverlessKafkaHour') + till.usd(kafka.partitions, 'serverlessPartitionHour');
  const traffic = till.usd(kafkaGb, 'serverlessKafkaInGb') + till.usd(4 * kafkaGb, 'serverlessKafkaOutGb');
  const factors: Factor[] = [
    [kafka.partitions, 'partitions, serverless'],
    [hours, 'h'],
  ];
  return line('Kafka (MSK)', factors, hour * hours + traffic);
}

function databaseLines(use: MonthlyUse, fleet: Fleet, list: PriceList, till: Till): BillLine[] {
  const { tableGb } = list.assumptions;
  const { provisionedReadUnits: reads, provisionedWriteUnits: writes } = fleet;
  const provisioned = [
    till.hourly('DynamoDB, provisioned reads', reads, 'RCU', 'readUnitHour'),
    till.hourly('DynamoDB, provisioned writes', writes, 'WCU', 'writeUnitHour'),
  ];
  return [
    ...(reads + writes > 0 ? provisioned : []),
    till.metered('DynamoDB, reads on demand', use.readUnits / 1_000_000, 'million units', 'readMillion'),
    till.metered('DynamoDB, writes on demand', use.writeUnits / 1_000_000, 'million units', 'writeMillion'),
    till.metered('DynamoDB, storage', tableGb, 'GB', 'tableGbMonth'),
    till.metered('DynamoDB, point-in-time recovery', tableGb, 'GB', 'restorableGbMonth'),
  ];
}

function networkLines(use: MonthlyUse, fleet: Fleet, list: PriceList, till: Till): BillLine[] {
  const { assumptions, hoursPerMonth: hours } = list;
  const { natGateways, loadBalancers } = fleet;
  const balancerHour =
    till.usd(loadBalancers, 'loadBalancerHour') +
    till.usd(assumptions.loadBalancerUnits, 'loadBalancerUnitHour');
  const mails = assumptions.enrollmentsPerMonth * assumptions.mailsPerEnrollment;
  const natUsd =
    till.usd(natGateways, 'natGatewayHour') * hours + till.usd(natGateways && assumptions.natGb, 'natGb');
  return [
    line(
      'Load balancer',
      [
        [loadBalancers, 'ALB'],
        [hours, 'h'],
      ],
      balancerHour * hours,
    ),
    line(
      'NAT',
      [
        [natGateways, `gateways, ${assumptions.natGb} GB`],
        [hours, 'h'],
      ],
      natUsd,
    ),
    till.hourly('Public addresses', fleet.addresses, 'IPv4', 'addressHour'),
    ...outLines(use, fleet, till),
    till.metered('Mail (SES)', mails / 1_000, 'thousand', 'mailThousand'),
  ];
}

/** What goes from the load balancer to a CDN costs nothing; the CDN is paid by request and by what it sends. */
function outLines({ requests, transferGb }: MonthlyUse, { distributions }: Fleet, till: Till): BillLine[] {
  if (distributions === 0) return [till.metered('Transfer out', transferGb, 'GB', 'transferGb')];
  return [
    till.metered('CDN, requests', requests / 10_000, 'ten thousand', 'cdnTenThousandRequests'),
    till.metered('CDN, transfer out', transferGb, 'GB', 'cdnGb'),
  ];
}

function watchLines(fleet: Fleet, list: PriceList, till: Till): BillLine[] {
  const { logGb, metricsPerService } = list.assumptions;
  return [
    till.metered('Logs (CloudWatch)', logGb, 'GB', 'logGb'),
    till.metered('Container Insights', fleet.tasks.length * metricsPerService, 'metrics', 'metricMonth'),
    till.metered('Alarms', fleet.alarms, 'alarms', 'alarmMonth'),
    till.metered('Dashboards', fleet.dashboards, 'dashboards', 'dashboardMonth'),
    till.metered('Secrets', fleet.secrets, 'secrets', 'secretMonth'),
    till.metered('Keys (KMS)', fleet.keys, 'keys', 'keyMonth'),
  ];
}
