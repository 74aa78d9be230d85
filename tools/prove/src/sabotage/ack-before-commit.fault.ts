/** Test only: a transaction is reported as done before it is sent, and its failure is ignored. */
import { setTimeout as delay } from 'node:timers/promises';
import { Dynamo } from '@registrar/dynamodb';

const { transact } = Dynamo.prototype;
const lateMs = 60;

Dynamo.prototype.transact = function acknowledgedFirst(this: Dynamo, actions, options) {
  void delay(lateMs)
    .then(() => transact.call(this, actions, options))
    .catch(() => undefined);
  return Promise.resolve();
};
