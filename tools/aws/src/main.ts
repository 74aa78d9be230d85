import { App } from 'aws-cdk-lib';
import { readDeployment } from './deployment/deployment.ts';
import { systemOf } from './system.ts';

// What the CDK command runs: `npx cdk deploy registrar-courses --exclusively -c deployment=production`.
const app = new App();
const name: unknown = app.node.tryGetContext('deployment');
systemOf(readDeployment(typeof name === 'string' ? name : 'production'), app).app.synth();
