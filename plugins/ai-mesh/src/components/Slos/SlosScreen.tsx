import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  historyWindows,
  useHistoryWindow,
  useMoment,
  useSlos,
} from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Choice, Screen } from '../Screen';
import { SlosContent } from './SlosContent';

/** What the entity's models promise, and how they keep it. */
export function SlosScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const { t } = useAiMeshTranslation();
  const [window, setWindow] = useHistoryWindow();
  const [at] = useMoment();
  const polled = useSlos(entityRef, { window, ...(at && { at }) });
  return (
    <Screen
      entityRef={entityRef}
      polled={polled}
      anyMoment
      withoutWindow
      controls={
        <Choice
          label={t('slos.history')}
          value={window}
          onChange={setWindow}
          options={historyWindows.map(value => ({
            value,
            label: t(`window.${value}`),
          }))}
        />
      }
      skeleton={
        <>
          <Skeleton variant="rect" height={96} />
          {[0, 1, 2].map(row => (
            <Skeleton key={row} height={88} />
          ))}
          <Skeleton variant="rect" height={260} />
        </>
      }
    >
      {slos => <SlosContent slos={slos} />}
    </Screen>
  );
}
