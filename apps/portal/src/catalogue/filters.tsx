import { Trans, useLingui } from '@lingui/react/macro';
import type { RefObject } from 'react';
import { useEffect, useState } from 'react';
import { useApi } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import { weekdays } from '../app/weekdays.ts';
import { useSession } from '../app/session-hooks.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, SelectField, TextField } from '../ui/field.tsx';
import type { Filters as Values } from './filters.rules.ts';
import { countFilters } from './filters.rules.ts';
import styles from './filters.module.css';
import type { Semester } from './use-semesters.ts';
import { useSemesters } from './use-semesters.ts';

const typingMs = 200;
const hours = Array.from({ length: 15 }, (_, hour) => `${String(hour + 7).padStart(2, '0')}:00`);

interface FiltersProps {
  readonly filters: Values;
  readonly change: (changes: Readonly<Record<string, string | undefined>>) => void;
  readonly semester: Semester | undefined;
  readonly searchBox: RefObject<HTMLInputElement | null>;
}

/** Search and filters; each change goes into the address at once, typing after a short rest. */
export function Filters({ filters, change, semester, searchBox }: FiltersProps) {
  const { t } = useLingui();
  const semesters = useSemesters().data ?? [];
  const departments = useApi('GET /api/departments', {}, { staleTime: 60_000 }).data?.items ?? [];
  const count = countFilters(filters);
  return (
    <search className={styles['filters']}>
      <TypedField
        type="search"
        label={t`Search courses`}
        value={filters.q}
        change={(q) => change({ q })}
        box={searchBox}
      />
      <SelectField
        label={t`Semester`}
        value={semester?.id ?? filters.semesterId}
        onChange={({ target }) => change({ semesterId: target.value })}
      >
        {semesters.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t`Department`}
        value={filters.departmentId}
        onChange={({ target }) => change({ departmentId: target.value })}
      >
        <option value="">{t`All departments`}</option>
        {departments.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <CheckField
        label={t`Open seats only`}
        checked={filters.available}
        onChange={({ target }) => change({ available: target.checked ? 'true' : undefined })}
      />
      <MoreFilters filters={filters} change={change} />
      {count > 0 && (
        <Button
          small
          onClick={() => {
            const { q: _, semesterId: __, ...others } = filters;
            change(Object.fromEntries(Object.keys(others).map((name) => [name, undefined])));
          }}
        >
          <Trans>Clear filters ({count})</Trans>
        </Button>
      )}
    </search>
  );
}

function MoreFilters({ filters, change }: Pick<FiltersProps, 'filters' | 'change'>) {
  const { t } = useLingui();
  const format = useFormat();
  const hasSession = useSession().user !== undefined;
  const { level, day, from, to, credits, instructor, fits } = filters;
  const isUsed = [level, day, from, to, credits, instructor].some((value) => value !== '') || fits;
  const select = (name: keyof Values, label: string, value: string, options: readonly [string, string][]) => (
    <SelectField label={label} value={value} onChange={({ target }) => change({ [name]: target.value })}>
      <option value="">{t`Any`}</option>
      {options.map(([id, text]) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </SelectField>
  );
  return (
    <details className={styles['more']} open={isUsed || undefined}>
      <summary>{t`More filters`}</summary>
      <div className={styles['fields']}>
        {hasSession && (
          <CheckField
            label={t`Fits my timetable`}
            checked={fits}
            onChange={({ target }) => change({ fits: target.checked ? 'true' : undefined })}
          />
        )}
        {select(
          'day',
          t`Day`,
          day,
          weekdays.map((id) => [id, format.weekday(id)]),
        )}
        {select(
          'from',
          t`Not before`,
          from,
          hours.map((hour) => [hour, format.time(hour)]),
        )}
        {select(
          'to',
          t`Ends by`,
          to,
          hours.map((hour) => [hour, format.time(hour)]),
        )}
        {select(
          'level',
          t`Level`,
          level,
          Array.from({ length: 9 }, (_, at) => [`${at + 1}`, `${at + 1}00`]),
        )}
        {select(
          'credits',
          t`Credits`,
          credits,
          ['1', '2', '3', '4', '5', '6'].map((value) => [value, value]),
        )}
        <TypedField
          type="text"
          label={t`Instructor`}
          value={instructor}
          change={(name) => change({ instructor: name })}
        />
      </div>
    </details>
  );
}

interface TypedFieldProps {
  readonly type: 'search' | 'text';
  readonly label: string;
  /** As the address says it. */
  readonly value: string;
  readonly change: (value: string) => void;
  readonly box?: RefObject<HTMLInputElement | null>;
}

/** A text that goes into the address once typing rests; what is typed is never overwritten by it. */
function TypedField({ type, label, value, change, box }: TypedFieldProps) {
  const [typed, setTyped] = useState(value);
  const [appliedValue, setAppliedValue] = useState(value);
  if (appliedValue !== value) {
    // The address changed by itself: Back, or a cleared filter.
    setAppliedValue(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => {
      setAppliedValue(typed);
      change(typed);
    }, typingMs);
    return () => clearTimeout(timer);
  }, [typed, value, change]);
  return (
    <TextField
      id={`filter-${label}`}
      type={type}
      label={label}
      value={typed}
      ref={box}
      autoComplete="off"
      onChange={({ target }) => setTyped(target.value)}
    />
  );
}
