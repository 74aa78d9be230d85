export * from './csv-fault.ts';
export * from './read-csv.ts';
