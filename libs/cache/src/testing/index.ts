export * from './cache-level.contract.ts';
export * from './cache-level.suite.ts';
export * from './level-under-test.ts';
export * from './random-histories.ts';
