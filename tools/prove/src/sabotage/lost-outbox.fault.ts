/** Test only: now and then a commit leaves out what it should publish. */
import { Dynamo } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { OutboxRelay, aggregateOf } from '@registrar/messaging';

const { transact } = Dynamo.prototype;
const { publish } = OutboxRelay.prototype;
const oneIn = 8;
const lost = new Set<string>();
let commits = 0;

const isOutbox = ({ Put }: TransactAction): boolean => Put?.TableName?.endsWith('_outbox') ?? false;

Dynamo.prototype.transact = function withLosses(this: Dynamo, actions, options) {
  commits += 1;
  if (commits % oneIn > 0) return transact.call(this, actions, options);
  for (const { Put } of actions.filter(isOutbox))
    lost.add(`${Put?.Item?.['aggregate']} ${Put?.Item?.['sequence']}`);
  return transact.call(
    this,
    actions.filter((action) => !isOutbox(action)),
    options,
  );
};

OutboxRelay.prototype.publish = function withLosses(this: OutboxRelay, entry) {
  if (!lost.has(`${aggregateOf(entry)} ${entry.sequence}`)) publish.call(this, entry);
};
