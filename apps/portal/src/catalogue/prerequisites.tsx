import { useLingui } from '@lingui/react/macro';
import { Link } from '../app/navigation.ts';
import { pathOfSearch } from '../app/paths.ts';
import { useCompletedCodes } from '../registration/use-own-courses.ts';
import { Status } from '../ui/status.tsx';

/** Courses that have to be completed first, each with whether the reader has. */
export function Prerequisites({ codes }: { readonly codes: readonly string[] }) {
  const { t } = useLingui();
  const { codes: completed } = useCompletedCodes();
  return (
    <ul>
      {codes.map((code) => (
        <li key={code}>
          <Link href={pathOfSearch(code)}>{code}</Link>{' '}
          {completed && (
            <Status tone={completed.has(code) ? 'ok' : 'warn'}>
              {completed.has(code) ? t`completed` : t`not completed`}
            </Status>
          )}
        </li>
      ))}
    </ul>
  );
}
