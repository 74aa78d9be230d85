import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AppName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { isProvisioned } from './capacity.ts';
import { ServiceTable } from './service-table.ts';
import { tablesOf } from './table-files.ts';

/** The tables of one service, in a stack of their own: a service can be taken down without its data. */
export class TablesStack extends Stack {
  constructor(scope: Construct, id: string, app: AppName, deployment: Deployment) {
    super(scope, id, { stackName: id, terminationProtection: true });
    for (const definition of tablesOf(app)) {
      new ServiceTable(this, definition.logicalName, definition, isProvisioned(definition, deployment));
    }
  }
}
