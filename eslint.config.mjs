import nx from '@nx/eslint-plugin';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { words } from './tools/workspace/src/lint/words.plugin.ts';

const scanMessage = 'No table is ever scanned: query an index.';

const scanImports = ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'].map((name) => ({
  name,
  importNames: ['ScanCommand', 'paginateScan', 'ScanCommandInput'],
  message: scanMessage,
}));
const scanSyntax = { selector: 'Identifier[name=/^(ScanCommand|paginateScan)$/]', message: scanMessage };
const hashSyntax = { selector: 'PrivateIdentifier', message: 'Private members are marked `private`.' };
const testingImport = { name: '@registrar/testing', message: 'Doubles and builders are for tests only.' };

/** Scopes an app uses beside its own: the contracts of its calls and events, and projections of others. No app is used. */
const scopesUsed = {
  audit: ['gateway'],
  courses: ['audit', 'enrollments', 'gateway', 'users'],
  enrollments: ['audit', 'courses', 'gateway', 'users'],
  gateway: ['audit', 'courses', 'enrollments', 'notifications'],
  notifications: ['audit', 'courses', 'enrollments', 'gateway', 'users'],
  portal: ['courses', 'enrollments', 'gateway', 'notifications'],
  users: ['gateway'],
};
/** What apps are made of, and what their tools and tests use. */
const product = ['type:kernel', 'type:projection', 'type:contract', 'type:contract-kit', 'type:testing'];
const scopeConstraints = [
  ...Object.entries(scopesUsed).map(([app, others]) => ({
    sourceTag: `scope:${app}`,
    onlyDependOnLibsWithTags: ['shared', app, ...others].map((scope) => `scope:${scope}`),
  })),
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  { sourceTag: 'scope:tools', notDependOnLibsWithTags: ['scope:e2e'] },
];

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/node_modules', '**/.local', '**/.nx', '**/test-results'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx, words },
    // What a decorated class imports is no type alone: Nest reads it.
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: scanImports }],
      'no-restricted-syntax': ['error', scanSyntax, hashSyntax],
      'words/method-names': 'error',
      'words/identifiers': 'error',
      'words/prose': 'error',
      'words/constant-names': 'error',
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: true,
          depConstraints: [
            { sourceTag: 'type:contract', onlyDependOnLibsWithTags: ['type:contract-kit'] },
            { sourceTag: 'type:contract-kit', onlyDependOnLibsWithTags: ['type:none'] },
            {
              sourceTag: 'type:kernel',
              onlyDependOnLibsWithTags: ['type:kernel', 'type:testing', 'type:contract-kit'],
            },
            {
              sourceTag: 'type:projection',
              onlyDependOnLibsWithTags: ['type:kernel', 'type:contract', 'type:testing'],
            },
            {
              sourceTag: 'type:testing',
              onlyDependOnLibsWithTags: ['type:kernel', 'type:contract', 'type:contract-kit'],
            },
            {
              sourceTag: 'type:app',
              onlyDependOnLibsWithTags: product,
            },
            // The portal knows the contracts by their types alone.
            { sourceTag: 'type:web', onlyDependOnLibsWithTags: ['type:contract', 'type:contract-kit'] },
            {
              sourceTag: 'type:e2e',
              onlyDependOnLibsWithTags: [...product, 'type:tool', 'type:web'],
            },
            {
              sourceTag: 'type:tool',
              onlyDependOnLibsWithTags: [...product, 'type:tool', 'type:web'],
            },
            ...scopeConstraints,
          ],
        },
      ],
    },
  },
  {
    files: ['**/src/**/*.ts', '**/src/**/*.tsx'],
    ignores: ['**/*.spec.ts', '**/testing/**', 'apps/e2e/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [...scanImports, testingImport] }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 16],
    },
  },
  {
    files: ['apps/portal/src/**/*.ts', 'apps/portal/src/**/*.tsx'],
    ...jsxA11y.flatConfigs.recommended,
    plugins: { ...jsxA11y.flatConfigs.recommended.plugins, 'react-hooks': reactHooks },
    rules: {
      ...jsxA11y.flatConfigs.recommended.rules,
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // Components are functions of JSX, which is long by nature.
      'max-lines-per-function': ['error', { max: 110, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // What browsers get; tests are free.
    files: ['apps/portal/src/**/*.ts', 'apps/portal/src/**/*.tsx'],
    ignores: ['**/*.spec.ts', '**/testing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              // The rules of eligibility are code without zod.
              regex: '^@registrar/(?!eligibility/rules$)',
              allowTypeImports: true,
              message: 'The portal takes types from the contracts, no code.',
            },
          ],
        },
      ],
    },
  },
  { files: ['tools/**/*.ts'], rules: { 'no-console': 'off' } },
  // The rules of words list the words.
  { files: ['tools/workspace/src/lint/*.ts'], rules: { 'words/prose': 'off' } },
  {
    // The proof and the bench of faults are made of doubles that fail.
    files: ['tools/prove/src/**/*.ts', 'tools/bench/src/faults*/**/*.ts', 'tools/bench/src/faults-bench.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: scanImports }] },
  },
);
