import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser';

/** The rooms of an app that has some: each shows its `index.ts`, to the app and to the rooms that may use it. */
const roomsOf: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  gateway: { identity: [], portal: [], proxy: ['identity', 'portal'], 'api-docs': [] },
};

/** Tests and their doubles look into any room. */
const exempt = '\\.spec\\.ts$|/testing/';

interface Arrow {
  readonly from: string;
  readonly to: string;
}

/**
 * The imports of an app that run where none may, each as one line; imports of types count too.
 *
 * Folders of an app form no circle, nor do the folders of a room: of two, one is the lower. A file beside the
 * folders counts as one of them. A room is entered by its index alone, and only from where it may be.
 *
 * @param root the workspace
 */
export async function strayArrows(root: string, app: string): Promise<string[]> {
  const source = `apps/${app}/src`;
  const rooms = Object.keys(roomsOf[app] ?? {});
  const { output } = await cruise([source], {
    baseDir: root,
    includeOnly: `^${source}/`,
    exclude: exempt,
    tsPreCompilationDeps: true,
    validate: true,
    ruleSet: { forbidden: roomRules(app) },
  });
  const { modules, summary } = output as ICruiseResult;
  const arrows = modules.flatMap(({ source: from, dependencies }) =>
    dependencies.map(({ resolved: to }) => ({ from, to })),
  );
  const stray = [
    ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
    ...[source, ...rooms.map((room) => join(source, room))].flatMap((house) => circlingIn(house, arrows)),
  ];
  return [...new Set(stray)];
}

function roomRules(app: string): IForbiddenRuleType[] {
  const source = `^apps/${app}/src/`;
  const rooms = Object.entries(roomsOf[app] ?? {});
  const anyRoom = `${source}(${rooms.map(([room]) => room).join('|')})/`;
  return rooms.flatMap(([room, uses]): IForbiddenRuleType[] => [
    {
      name: `${room} is entered by its index`,
      severity: 'error',
      from: { pathNot: `${source}${room}/` },
      to: { path: `${source}${room}/(?!index\\.ts$)` },
    },
    {
      name: `${room} uses ${uses.length > 0 ? `only ${uses.join(', ')}` : 'no other room'}`,
      severity: 'error',
      from: { path: `${source}${room}/` },
      to: { path: anyRoom, pathNot: [room, ...uses].map((each) => `${source}${each}/`) },
    },
  ]);
}

/** The arrows that lie on a circle of the parts (folders and files) right inside of `house`. */
function circlingIn(house: string, arrows: readonly Arrow[]): string[] {
  const partOf = (file: string) =>
    file.startsWith(`${house}/`) ? file.slice(house.length + 1).split('/', 1)[0] : undefined;
  const between = arrows.flatMap(({ from, to }) => {
    const [a, b] = [partOf(from), partOf(to)];
    return a === undefined || b === undefined || a === b ? [] : [{ a, b, text: `${from} -> ${to}` }];
  });
  const reachable = (part: string, seen = new Set<string>()): Set<string> => {
    for (const { a, b } of between)
      if (a === part && !seen.has(b)) {
        seen.add(b);
        reachable(b, seen);
      }
    return seen;
  };
  return between
    .filter(({ a, b }) => reachable(b).has(a))
    .map(({ a, b, text }) => `${house}: ${a} and ${b} lie on a circle: ${text}`);
}
