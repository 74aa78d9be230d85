import { names, updateJson } from '@nx/devkit';
import type { Tree } from '@nx/devkit';
import { addImport, appendToBlock, appendToList } from '../edits/text-edits.rules.ts';
import { dependImplicitly, edit, useLibrary } from '../edits/workspace-edits.ts';

const aws = 'tools/aws';

interface DeploymentFile {
  services: Record<string, object>;
}

/** Gives a service a stack of its own in every deployment: small, reached by others, calling the gateway only. */
export function joinTheDeployments(tree: Tree, name: string): void {
  const { className, propertyName } = names(name);
  const topics = `${propertyName}Topics`;
  const contracts = `@registrar/contracts-${name}`;
  const change = (file: string, by: (text: string) => string) => edit(tree, `${aws}/src/${file}`, by);
  change('deployment/app-names.ts', (text) => appendToList(text, 'appNames = [', `'${name}'`));
  change('deployment/deployment.ts', (text) =>
    appendToBlock(text, 'services: z.strictObject({', `'${name}': service,`),
  );
  change('network/security-groups.ts', (text) =>
    appendToBlock(
      text,
      'this.services = {',
      `'${name}': group('${className}', 'The ${name} service', true),`,
    ),
  );
  change('services/service-needs.ts', (text) => {
    const needs = `'${name}': { calls: ['gateway'], publishes: ${topics}, consumes: gatewayTopics, jobs: false },`;
    const listed = appendToBlock(text, 'Record<AppName, ServiceNeeds>> = {', needs);
    return addImport(listed, `import { topics as ${topics} } from '${contracts}';`);
  });
  change('services/environment.ts', (text) => {
    const secrets = `'${name}': ['SERVICE_TOKEN_SECRET', 'CURSOR_SECRET', 'REDIS_URL'],`;
    const known = appendToBlock(text, 'Record<AppName, readonly string[]>> = {', secrets);
    return appendToBlock(known, 'switch (app) {', `case '${name}':\nreturn {};`);
  });
  change('services/environment.spec.ts', (text) =>
    appendToBlock(text, 'configFiles: Record<AppName, string> = {', `'${name}': '${name}.config.ts',`),
  );
  for (const file of tree.children(`${aws}/deployments`)) {
    updateJson(tree, `${aws}/deployments/${file}`, ({ services, ...others }: DeploymentFile) => {
      const like = { ...services['notifications'], tag: '0.1.0' };
      return { ...others, services: { ...services, [name]: like } };
    });
  }
  useLibrary(tree, aws, contracts, `libs/contracts/${name}`);
  dependImplicitly(tree, aws, name);
}
