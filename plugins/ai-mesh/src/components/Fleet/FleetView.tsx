import EmptyIcon from '@material-ui/icons/BubbleChart';
import { useState } from 'react';
import { FLEET_STEP, useFleet, useFleetHurting } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Queries } from '../Figures';
import { ScreenFrame } from '../Screen/ScreenFrame';
import { SourcesNotice } from '../Sources';
import { Message } from '../States';
import { FleetAwaited } from './FleetAwaited';
import { FleetControls } from './FleetControls';
import { FleetTable } from './FleetTable';
import { HurtingPanel } from './HurtingPanel';
import { useFleetChoices } from './useFleetChoices';

/** Where it hurts now, and below it every entity that is in a mesh. */
export function FleetView() {
  const { t } = useAiMeshTranslation();
  const choices = useFleetChoices();
  const [wanted, setWanted] = useState(FLEET_STEP);
  const fleet = useFleet(choices.query, wanted);
  const { sort: _sort, order: _order, ...filters } = choices.query;
  const hurting = useFleetHurting(filters);
  const { data, refresh, loading } = fleet;
  return (
    <ScreenFrame
      polled={{
        ...fleet,
        refresh: () => {
          refresh();
          hurting.refresh();
        },
      }}
    >
      <HurtingPanel hurting={hurting} />
      {data && (
        <Queries window={data.window} queries={data.queries}>
          <SourcesNotice sources={data.sources} />
          {data.all === 0 ? (
            <Message
              icon={EmptyIcon}
              title={t('fleet.none')}
              body={t('fleet.noneNext')}
            />
          ) : (
            <>
              <FleetControls fleet={data} choices={choices} />
              <FleetTable
                fleet={data}
                choices={choices}
                onMore={() =>
                  loading || setWanted(data.rows.length + FLEET_STEP)
                }
              />
            </>
          )}
        </Queries>
      )}
      <FleetAwaited polled={fleet} heights={[56, 320]} />
    </ScreenFrame>
  );
}
