import { basename } from 'node:path';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { bannedInNames, bannedInProse, standardTerms, vagueMethods } from './banned-words.ts';

type Rule = TSESLint.RuleModule<'word', []>;
type Context = Readonly<TSESLint.RuleContext<'word', []>>;
type Member = TSESTree.MethodDefinition | TSESTree.TSAbstractMethodDefinition | TSESTree.TSMethodSignature;

function ruleOf(text: string, create: (context: Context) => TSESLint.RuleListener): Rule {
  return { meta: { type: 'suggestion', schema: [], messages: { word: text } }, defaultOptions: [], create };
}

/** The words of a camelCase, snake_case or kebab-case name, each pair of neighbours as one too (`giveWay`). */
function wordsOf(name: string): string[] {
  const words = name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
  const pairs = words
    .slice(1)
    .map((word, at) => `${words[at]}${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return [...words, ...pairs];
}

/** Names that patterns such as `{ a, b: [c] }` declare. */
function declaredBy(node: TSESTree.Node | null): TSESTree.Identifier[] {
  if (node?.type === 'Identifier') return [node];
  if (node?.type === 'AssignmentPattern') return declaredBy(node.left);
  if (node?.type === 'RestElement') return declaredBy(node.argument);
  if (node?.type === 'TSParameterProperty') return declaredBy(node.parameter);
  if (node?.type === 'ArrayPattern') return node.elements.flatMap(declaredBy);
  if (node?.type !== 'ObjectPattern') return [];
  return node.properties.flatMap((each) => declaredBy(each.type === 'Property' ? each.value : each));
}

function isExported(node: TSESTree.Node | undefined): boolean {
  return node?.parent?.type === 'ExportNamedDeclaration' || node?.parent?.type === 'ExportDefaultDeclaration';
}

const methodNames = ruleOf('`{{name}}` is not searchable: name what it acts on.', (context) => {
  const check = (node: Member): void => {
    const isHidden = node.accessibility === 'private' || node.accessibility === 'protected';
    if (isHidden || node.kind !== 'method' || node.key.type !== 'Identifier') return;
    if (!isExported(node.parent.parent) || !vagueMethods.has(node.key.name)) return;
    context.report({ node: node.key, messageId: 'word', data: { name: node.key.name } });
  };
  return { MethodDefinition: check, TSAbstractMethodDefinition: check, TSMethodSignature: check };
});

const identifiers = ruleOf(
  '`{{name}}` contains "{{word}}". Use the term of the field: {{instead}}.',
  (context) => {
    const check = (name: string, node: TSESTree.Node): void => {
      const word = wordsOf(name.replaceAll(standardTerms, 'name')).find((each) => bannedInNames.has(each));
      if (word === undefined) return;
      context.report({
        node,
        messageId: 'word',
        data: { name, word, instead: bannedInNames.get(word) ?? '' },
      });
    };
    const checkAll = (...nodes: (TSESTree.Node | null)[]): void => {
      for (const node of nodes.flatMap(declaredBy)) check(node.name, node);
    };
    const checkKey = ({ key }: { key: TSESTree.Node }): void => checkAll(key);
    const checkFunction = (node: TSESTree.FunctionDeclaration | TSESTree.FunctionExpression): void =>
      checkAll(node.id, ...node.params);
    return {
      Program: (node) => check(basename(context.filename), node),
      VariableDeclarator: ({ id }) => checkAll(id),
      FunctionDeclaration: checkFunction,
      FunctionExpression: checkFunction,
      ArrowFunctionExpression: ({ params }) => checkAll(...params),
      ClassDeclaration: ({ id }) => checkAll(id),
      TSInterfaceDeclaration: ({ id }) => checkAll(id),
      TSTypeAliasDeclaration: ({ id }) => checkAll(id),
      MethodDefinition: checkKey,
      PropertyDefinition: checkKey,
      TSMethodSignature: checkKey,
      TSPropertySignature: checkKey,
    };
  },
);

const prose = ruleOf('"{{word}}": write {{instead}}.', (context) => {
  const check = (text: string, node: TSESTree.Node | TSESTree.Comment): void => {
    for (const [pattern, instead] of bannedInProse) {
      const [word] = pattern.exec(text) ?? [];
      if (word !== undefined) context.report({ node, messageId: 'word', data: { word, instead } });
    }
  };
  return {
    Program: () => context.sourceCode.getAllComments().forEach((comment) => check(comment.value, comment)),
    Literal: (node) => typeof node.value === 'string' && check(node.value, node),
    TemplateElement: (node) => check(node.value.raw, node),
  };
});

const constantNames = ruleOf(
  '`{{name}}`: a constant is named in camelCase; only tokens of injection are not.',
  (context) => ({
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== 'Identifier' || !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(id.name)) return;
      const isToken =
        init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'Symbol';
      if (!isToken) context.report({ node: id, messageId: 'word', data: { name: id.name } });
    },
  }),
);

/** The project's words as lint rules: names that can be searched, the field's terms, plain comments and texts. */
export const words = {
  rules: {
    'method-names': methodNames,
    identifiers,
    prose,
    'constant-names': constantNames,
  },
};
