import { useLingui } from '@lingui/react/macro';
import { useCampus } from '../app/campus.ts';
import { Screen } from '../app/screen.tsx';
import { useSession } from '../app/session-hooks.ts';
import { Skeleton } from '../ui/loading.tsx';
import { OwnHome } from './own-home.tsx';
import { PublicHome } from './public-home.tsx';

/** `/`: what matters now, to a student; to a visitor, what this is. */
export default function Home() {
  const { t } = useLingui();
  const { name } = useCampus();
  const { status, user } = useSession();
  const title = user === undefined ? name : t`Hello, ${user.name}`;
  return (
    <Screen title={title} isReady={status !== 'starting'}>
      {status === 'starting' ? <Skeleton /> : user === undefined ? <PublicHome /> : <OwnHome />}
    </Screen>
  );
}
