/** What vitest's JSON report says, as far as it is read here. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** How a test run went. Every line of `failures` is one of the `failed`. */
export interface Sum {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly string[];
}

/** What failed in one report: tests, and files that could not even be loaded. */
function failuresOf({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length === 0 && status === 'failed') return [`${name}: the file could not be run`];
    return tests.map(({ fullName }) => `${name}: ${fullName}`);
  });
}

/**
 * Adds up the reports of all projects and the tasks that failed.
 *
 * A task whose report names the failures already is not counted again; a task that failed without (a lint, a
 * crash) counts as one.
 *
 * @param reports by the name of their file, such as `courses.integration.json`
 * @param failedTasks such as `courses:lint`
 */
export function sumUp(reports: ReadonlyMap<string, VitestReport>, failedTasks: readonly string[]): Sum {
  const failures: string[] = [];
  let passed = 0;
  for (const report of reports.values()) {
    passed += report.numPassedTests;
    failures.push(...failuresOf(report));
  }
  for (const task of failedTasks) {
    const report = reports.get(`${task.replace(':', '.')}.json`);
    if (report === undefined || failuresOf(report).length === 0) failures.push(task);
  }
  return { passed, failed: failures.length, failures };
}

/** The tasks that Nx lists as failed at the end of what it says, such as `courses:lint`. */
export function failedTasksIn(output: string): string[] {
  const list = output.slice(output.lastIndexOf('Failed tasks:'));
  if (!list.startsWith('Failed tasks:')) return [];
  return [...list.matchAll(/^\s*- (\S+:\S+)$/gm)].map(([, task]) => task ?? '');
}

/**
 * The files that a check names in its output, such as `lint of apps/gateway/src/main.ts`; the check alone when
 * it names none.
 *
 * @param file matches a line that names a file, which is its first group
 */
export function failedFilesIn(output: string, file: RegExp, check: string): string[] {
  const files = new Set([...output.matchAll(file)].map(([, name]) => `${check} of ${name}`));
  return files.size > 0 ? [...files] : [check];
}

/** The files whose tests took longest, slowest first, with their durations in seconds. */
export function slowestFiles(
  reports: Iterable<VitestReport>,
  count: number,
): { name: string; seconds: number }[] {
  return [...reports]
    .flatMap(({ testResults }) => testResults)
    .map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1_000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, count);
}
