import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { callApi, requestOf, sendRequest } from '../api/client.ts';
import { makeKey } from '../api/key.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/status.tsx';
import styles from './account.module.css';
import { wordsForExport } from '../forms/request-words.ts';

const exportHash = /^#export=([\w-]{1,64})$/;

/** Everything about the reader as a file: asked for here, and loaded by the link of the mail, `#export=<id>`. */
export function OwnDataExport() {
  const { t } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  const id = exportHash.exec(location.hash)?.[1];
  const ask = useMutation({
    mutationFn: () => callApi('POST /api/users/me/export', { key: makeKey() }),
  });
  const load = useMutation({ mutationFn: (exportId: string) => saveExport(exportId) });
  useEffect(() => {
    if (exportHash.test(location.hash)) heading.current?.focus();
  }, []);
  return (
    <section className={styles['section']} aria-labelledby="own-data">
      <h2 id="own-data" ref={heading} tabIndex={-1}>{t`Your data`}</h2>
      <p>
        <Trans>
          Everything that is stored about you, as files for a person (CSV) and for a program (JSON). A
          notification tells you when they are ready; you can load them for 7 days.
        </Trans>
      </p>
      {id !== undefined && (
        <Button
          look="primary"
          disabled={load.isPending}
          onClick={() => load.mutate(id)}
        >{t`Download your data`}</Button>
      )}
      <Button
        disabled={ask.isPending || ask.isSuccess}
        onClick={() => ask.mutate()}
      >{t`Collect my data`}</Button>
      <div role="status">
        {ask.isSuccess && (
          <Notice tone="ok">
            <Trans>Your data is being collected. Look into your notifications in a moment.</Trans>
          </Notice>
        )}
        {(ask.error ?? load.error) && <Notice tone="bad">{wordsForExport(ask.error ?? load.error)}</Notice>}
      </div>
    </section>
  );
}

async function saveExport(id: string): Promise<void> {
  const response = await sendRequest(requestOf('GET /api/users/me/exports/:id', { params: { id } }));
  const url = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: url, download: 'registrar-data.zip' });
  link.click();
  URL.revokeObjectURL(url);
}
