import type { ComparedLine, Fleet, PriceList } from './price-list.ts';

/** What a month uses, as far as it was measured. */
export interface MonthlyUse {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** To the clients. */
  readonly transferGb: number;
}

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

const services = 4;
const bytesPerGb = 1_000_000_000;
/** A load balancer stands in two zones. */
const loadBalancerAddresses = 2;

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

function line(what: string, factors: readonly (readonly [number, string])[], usd: number): BillLine {
  const amounts = factors.map(
    ([amount, unit]) => `${Number(amount.toFixed(3)).toLocaleString('en-US')} ${unit}`,
  );
  return { what, how: amounts.join(' x '), usd };
}

/** The whole bill of the architecture as it is: four services, Kafka, Redis, DynamoDB paid by use. */
export function architectureBill(use: MonthlyUse, fleet: Fleet, list: PriceList): BillLine[] {
  const { prices, hoursPerMonth: hours, assumptions } = list;
  const tasks = services * fleet.tasksPerService;
  const taskHour =
    assumptions.taskVcpu * prices.fargateVcpuHour.usd + assumptions.taskGb * prices.fargateGbHour.usd;
  const brokerStorage = fleet.brokers * assumptions.brokerGb * prices.brokerGbMonth.usd;
  const balancerHour =
    prices.loadBalancerHour.usd + assumptions.loadBalancerUnits * prices.loadBalancerUnitHour.usd;
  const addresses = tasks + loadBalancerAddresses;
  const mails = assumptions.enrollmentsPerMonth * assumptions.mailsPerEnrollment;
  const readUsd = (use.readUnits / 1_000_000) * prices.readMillion.usd;
  const writeUsd = (use.writeUnits / 1_000_000) * prices.writeMillion.usd;
  return [
    line(
      'Four services on Fargate',
      [
        [tasks, `tasks of ${assumptions.taskVcpu} vCPU and ${assumptions.taskGb} GB`],
        [hours, 'h'],
      ],
      tasks * taskHour * hours,
    ),
    line(
      'Kafka (MSK)',
      [
        [fleet.brokers, `kafka.t3.small with ${assumptions.brokerGb} GB`],
        [hours, 'h'],
      ],
      fleet.brokers * prices.brokerHour.usd * hours + brokerStorage,
    ),
    line(
      'Redis (ElastiCache)',
      [
        [fleet.cacheNodes, 'cache.t3.micro'],
        [hours, 'h'],
      ],
      fleet.cacheNodes * prices.cacheNodeHour.usd * hours,
    ),
    line('DynamoDB, reads on demand', [[use.readUnits / 1_000_000, 'million units']], readUsd),
    line('DynamoDB, writes on demand', [[use.writeUnits / 1_000_000, 'million units']], writeUsd),
    line('DynamoDB, storage', [[assumptions.tableGb, 'GB']], assumptions.tableGb * prices.tableGbMonth.usd),
    line('Load balancer', [[hours, 'h']], balancerHour * hours),
    line(
      'Public addresses',
      [
        [addresses, 'IPv4'],
        [hours, 'h'],
      ],
      addresses * prices.addressHour.usd * hours,
    ),
    line('Transfer out', [[use.transferGb, 'GB']], use.transferGb * prices.transferGb.usd),
    line('Mail (SES)', [[mails / 1_000, 'thousand']], (mails / 1_000) * prices.mailThousand.usd),
    line('Logs (CloudWatch)', [[assumptions.logGb, 'GB']], assumptions.logGb * prices.logGb.usd),
  ];
}
