import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, type Attribute } from 'aws-cdk-lib/aws-dynamodb';
import type { IndexDefinition, KeyAttribute, PhysicalTable } from '@registrar/dynamodb';
import { Construct } from 'constructs';
import { indexCapacity, mostCapacity, tableCapacity, type Capacity } from './capacity.ts';

const types = { S: AttributeType.STRING, N: AttributeType.NUMBER, B: AttributeType.BINARY };
/** Share of the capacity that scaling aims at, percent. */
const utilizationPercent = 70;

function attribute({ name, type }: KeyAttribute): Attribute {
  return { name, type: types[type] };
}

function keys({ partitionKey, sortKey }: Pick<IndexDefinition, 'partitionKey' | 'sortKey'>) {
  return { partitionKey: attribute(partitionKey), ...(sortKey && { sortKey: attribute(sortKey) }) };
}

function projection({ projection: wanted }: IndexDefinition) {
  if (wanted === 'ALL') return { projectionType: ProjectionType.ALL };
  if (wanted === 'KEYS_ONLY') return { projectionType: ProjectionType.KEYS_ONLY };
  return { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...wanted] };
}

function units({ read, write }: Capacity) {
  return { readCapacity: read, writeCapacity: write };
}

/**
 * A table as a service defines it: restorable to any second of the last 35 days, and kept when its stack goes.
 */
export class ServiceTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, definition: PhysicalTable, provisioned: boolean) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      tableName: definition.name,
      ...keys(definition),
      ...(provisioned
        ? { billingMode: BillingMode.PROVISIONED, ...units(tableCapacity) }
        : { billingMode: BillingMode.PAY_PER_REQUEST }),
      ...(definition.ttlAttribute !== undefined && { timeToLiveAttribute: definition.ttlAttribute }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const index of definition.indexes) {
      this.table.addGlobalSecondaryIndex({
        indexName: index.name,
        ...keys(index),
        ...projection(index),
        ...(provisioned && units(indexCapacity)),
      });
    }
    if (provisioned) this.scale(definition.indexes.map(({ name }) => name));
  }

  private scale(indexes: readonly string[]): void {
    const range = ({ read, write }: Capacity) => ({
      read: { minCapacity: read, maxCapacity: read * mostCapacity },
      write: { minCapacity: write, maxCapacity: write * mostCapacity },
    });
    const aim = { targetUtilizationPercent: utilizationPercent };
    const own = range(tableCapacity);
    this.table.autoScaleReadCapacity(own.read).scaleOnUtilization(aim);
    this.table.autoScaleWriteCapacity(own.write).scaleOnUtilization(aim);
    for (const index of indexes) {
      const ofIndex = range(indexCapacity);
      this.table.autoScaleGlobalSecondaryIndexReadCapacity(index, ofIndex.read).scaleOnUtilization(aim);
      this.table.autoScaleGlobalSecondaryIndexWriteCapacity(index, ofIndex.write).scaleOnUtilization(aim);
    }
  }
}
