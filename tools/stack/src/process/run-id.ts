/** The environment variable that every process of a stack carries; its value says which run it belongs to. */
export const runIdVariable = 'REGISTRAR_RUN';

/** The folder of the stack that a run id belongs to. */
export function directoryOfRunId(runId: string): string {
  return runId.slice(0, runId.lastIndexOf('#'));
}
