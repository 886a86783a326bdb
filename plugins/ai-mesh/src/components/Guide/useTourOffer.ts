import { errorApiRef, storageApiRef, useApi } from '@backstage/core-plugin-api';
import { useMemo } from 'react';
import useObservable from 'react-use/esm/useObservable';

const OFFERED = 'tourOffered';

/**
 * Whether the tour is to be offered: until the reader has answered, and never after. The portal keeps the answer with the
 * reader's settings.
 */
export function useTourOffer(): { isOffered: boolean; answer: () => void } {
  const storageApi = useApi(storageApiRef);
  const errorApi = useApi(errorApiRef);
  const storage = useMemo(() => storageApi.forBucket('ai-mesh'), [storageApi]);
  const settings = useMemo(() => storage.observe$(OFFERED), [storage]);
  const { presence } = useObservable(settings, storage.snapshot(OFFERED));
  return {
    // A store behind a backend does not know at once.
    isOffered: presence === 'absent',
    answer: () => {
      // The worst of it is to be asked again: not worth a message on the reader's screen.
      storage
        .set(OFFERED, true)
        .catch(error => errorApi.post(error, { hidden: true }));
    },
  };
}
