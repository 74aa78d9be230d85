import { parseArgs } from 'node:util';
import { sabotages } from './sabotage/sabotage.ts';
import type { Sabotage } from './sabotage/sabotage.ts';

/** How large a proof is, and what is done to the system meanwhile. */
export interface ProveOptions {
  readonly seed: number;
  readonly students: number;
  /** Students who all ask at once in the end, more than the system can do; without them there is no overload. */
  readonly crowd: number;
  readonly courses: number;
  readonly hot: number;
  /** How long the workload lasts. */
  readonly seconds: number;
  /** Actions begun in a second. */
  readonly actionsPerSecond: number;
  readonly sabotage: readonly Sabotage[];
  /** Whether the backing services that the environment names are used; nothing is frozen then. */
  readonly external: boolean;
  /** Names of episodes of chaos; all when undefined, none when empty. */
  readonly chaos: readonly string[] | undefined;
}

const whole = { students: '10000', crowd: '1000', courses: '200', hot: '10', seconds: '80', pace: '60' };
const small = { students: '120', crowd: '450', courses: '20', hot: '3', seconds: '8', pace: '50' };

/** What `--help` prints. */
export const usage = `npm run prove -- [options]

  --seed N           draws what is done and when (a new one each time)
  --small            a small run of a few seconds
  --students N       ${whole.students}; --small ${small.students}
  --crowd N          further students, who all ask at once in the end, more than the system can do: ${whole.crowd}; --small ${small.crowd}
  --courses N        ${whole.courses}; --small ${small.courses}
  --hot N            courses that everybody wants: ${whole.hot}; --small ${small.hot}
  --seconds N        how long the workload lasts: ${whole.seconds}; --small ${small.seconds}
  --pace N           actions begun in a second: ${whole.pace}; --small ${small.pace}
  --chaos LIST       only these kinds of chaos, with commas between, or none
  --external         uses the backing services that the environment names, and freezes none
  --sabotage LIST    puts these faults into the product, which must be caught: ${sabotages.join(', ')}
`;

/** @throws TypeError for an option that there is not, or that is no number */
export function proveOptions(args: readonly string[], random: () => number): ProveOptions | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: text,
      students: text,
      crowd: text,
      courses: text,
      hot: text,
      seconds: text,
      pace: text,
      chaos: text,
      sabotage: text,
      small: { type: 'boolean' },
      external: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const base = values.small ? small : whole;
  const number = (name: keyof typeof whole): number => numberOf(name, values[name] ?? base[name]);
  const { sabotage, chaos } = values;
  return {
    seed: values.seed === undefined ? Math.floor(random() * 1_000_000) : numberOf('seed', values.seed),
    students: number('students'),
    crowd: number('crowd'),
    courses: number('courses'),
    hot: number('hot'),
    seconds: number('seconds'),
    actionsPerSecond: number('pace'),
    external: values.external ?? false,
    sabotage: sabotage === undefined ? [] : sabotage.split(',').map(sabotageOf),
    chaos:
      chaos === undefined ? undefined : chaos.split(',').filter((name) => name !== 'none' && name !== ''),
  };
}

function numberOf(name: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new TypeError(`--${name} takes a whole number, not "${value}".`);
  return Number(value);
}

function sabotageOf(value: string): Sabotage {
  const known = sabotages.find((name) => name === value);
  if (!known) throw new TypeError(`--sabotage takes one of ${sabotages.join(', ')}, not "${value}".`);
  return known;
}
