import { request } from 'undici';
import type { EnrollmentsSystem } from './enrollments-system.ts';

/** An answer whose body is not JSON, or whose request is not. */
interface TextAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** What is asked. */
interface TextCall {
  user?: string;
  roles?: ('student' | 'instructor' | 'registrar' | 'admin')[];
  method?: 'GET' | 'HEAD' | 'POST';
  body?: string | Buffer;
  headers?: Record<string, string>;
}

/** Asks the first instance of `system`, body and answer as they are. */
export async function requestText(
  system: EnrollmentsSystem,
  path: string,
  call: TextCall = {},
): Promise<TextAnswer> {
  const { user, roles = ['registrar'], method = 'GET', body, headers } = call;
  const identity = user === undefined ? {} : system.issuer.bearer({ id: user, roles });
  const answer = await request(`${system.urls[0] ?? ''}${path}`, {
    method,
    headers: { ...identity, ...headers },
    body: body ?? null,
  });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}
