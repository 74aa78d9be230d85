import { Trans, useLingui } from '@lingui/react/macro';
import type { Requirement } from '@registrar/eligibility/rules';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfSearch } from '../app/paths.ts';
import type { Mark, RequirementLeaf, RequirementPart } from '../registration/eligibility.rules.ts';
import { codesIn, markedRequirement } from '../registration/eligibility.rules.ts';
import { courseTerms, leafWords } from '../registration/requirement-words.ts';
import type { Eligibility } from '../registration/use-eligibility.ts';
import { ErrorPanel } from '../ui/read-state.tsx';
import type { Tone } from '../ui/status.tsx';
import { Status } from '../ui/status.tsx';
import styles from './requirements.module.css';

interface RequirementsProps {
  /** Prerequisites and requirement as one. */
  readonly requirement: Requirement;
  readonly eligibility: Eligibility;
}

/** What has to be done before a course, as a tree; to a student also what of it is met. */
export function Requirements({ requirement, eligibility: { history, completions } }: RequirementsProps) {
  return (
    <div className={styles['requirements']}>
      <Part part={markedRequirement(requirement, history)} />
      {completions.error !== null && <ErrorPanel query={completions} />}
    </div>
  );
}

/** A part with its mark; below it, its own parts. */
function Part({ part }: { readonly part: RequirementPart }) {
  if (part.kind === 'leaf')
    return (
      <div className={styles['part']}>
        <Leaf leaf={part.leaf} /> <MarkStatus mark={part.mark} />
      </div>
    );
  return (
    <div>
      <div className={styles['part']}>
        <span>{part.kind === 'all' ? <Trans>All of these:</Trans> : <Trans>One of these:</Trans>}</span>{' '}
        <MarkStatus mark={part.mark} />
      </div>
      <ul className={styles['parts']}>
        {part.parts.map((child, at) => (
          <li key={at}>
            <Part part={child} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Leaf({ leaf }: { readonly leaf: RequirementLeaf }) {
  const format = useFormat();
  if ('course' in leaf) {
    const terms = courseTerms(leaf);
    return (
      <span>
        <Link href={pathOfSearch(leaf.course)}>{leaf.course}</Link>
        {terms !== undefined && ` (${terms})`}
      </span>
    );
  }
  return (
    <span>
      {leafWords(leaf, format)}
      {codesIn(leaf).map((code) => (
        <span key={code}>
          {' '}
          <FindLink code={code} />
        </span>
      ))}
    </span>
  );
}

function FindLink({ code }: { readonly code: string }) {
  const { t } = useLingui();
  return <Link href={pathOfSearch(code)}>{t`Find ${code}`}</Link>;
}

const tones: Readonly<Record<Mark, Tone>> = { met: 'ok', unmet: 'warn', spare: 'neutral' };

/** Whether a condition is met, in icon, word and colour; nothing where it is not known. */
export function MarkStatus({ mark }: { readonly mark: Mark | undefined }) {
  const { t } = useLingui();
  if (mark === undefined) return null;
  const words = { met: t`met`, unmet: t`not met`, spare: t`not needed` };
  return <Status tone={tones[mark]}>{words[mark]}</Status>;
}
