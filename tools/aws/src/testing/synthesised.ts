import { Template } from 'aws-cdk-lib/assertions';
import { readDeployment, type Deployment } from '../deployment/deployment.ts';
import { systemOf } from '../system.ts';

type Templates = ReadonlyMap<string, Template>;

const known = new Map<string, Templates>();

/** The stacks of a deployment, each as its template; synthesised once. */
export function templatesOf(deployment: Deployment): Templates {
  const key = JSON.stringify(deployment);
  const templates = known.get(key) ?? synthesise(deployment);
  known.set(key, templates);
  return templates;
}

function synthesise(deployment: Deployment): Templates {
  const { stacks } = systemOf(deployment).app.synth();
  return new Map(stacks.map(({ stackName, template }) => [stackName, Template.fromJSON(template as object)]));
}

const production = readDeployment('production');
const templates = templatesOf(production);

/** The template of a stack of production; `registrar-` is put before its name. */
export function templateOf(name: string): Template {
  const found = templates.get(`registrar-${name}`);
  if (!found) throw new Error(`there is no stack ${name}`);
  return found;
}

/** The properties of all resources of a type. */
export function propertiesOf(template: Template, type: string): Record<string, unknown>[] {
  return Object.values(template.findResources(type)).map(
    (each) => each['Properties'] as Record<string, unknown>,
  );
}
