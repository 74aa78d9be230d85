export { appNames } from './system/app-names.ts';
export type { AppName, PerApp } from './system/app-names.ts';
export { startSystem } from './system/start-system.ts';
export type { SeedTarget, SystemOptions } from './system/options.ts';
export type { System, SystemPrefixes } from './system/system.ts';
export type { InstanceRecord, StackRecord } from './system/stack-file.ts';
export { StackFault } from './stack-fault.ts';
export { silentTerminal, standardTerminal } from './terminal.ts';
export type { Terminal } from './terminal.ts';
