/**
 * The vitest configuration of one project.
 *
 * `TEST_KIND` picks the kind: `test` (pure, the default), `integration` (needs the stack's addresses in the
 * environment) or `e2e` (real processes). Results go to `test-results/<project>.<kind>.json`, where the
 * workspace's test command adds them up.
 */
export declare function projectTests(project: string): import('vite').UserConfig;
//# sourceMappingURL=vitest.shared.d.ts.map
