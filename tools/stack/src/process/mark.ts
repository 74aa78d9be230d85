/** The environment variable that every process of a stack carries; its value says which run it belongs to. */
export const runMarkVariable = 'REGISTRAR_RUN';

/** The folder of the stack that a mark belongs to. */
export function directoryOfMark(mark: string): string {
  return mark.slice(0, mark.lastIndexOf('#'));
}
