import type { z } from 'zod';

/** The environment does not fit: `message` names every fault, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: string[]) {
    super(`The configuration is not valid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/**
 * Reads the variables that `schema` names from `env`; an empty variable counts as absent.
 *
 * @throws ConfigError with every fault at once. Values are not repeated in it: they may be secrets.
 */
export function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): z.infer<Schema> {
  const named = Object.keys(schema.shape).filter((name) => env[name] !== undefined && env[name] !== '');
  const result = schema.safeParse(Object.fromEntries(named.map((name) => [name, env[name]])));
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return named.includes(name) ? `${name}: ${issue.message}` : `${name} is missing`;
    }),
  );
}
