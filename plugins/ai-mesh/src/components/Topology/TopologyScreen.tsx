import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Skeleton from '@material-ui/lab/Skeleton';
import { useTopology } from '../../hooks';
import { Screen } from '../Screen';
import { findNodes } from './filterTopology';
import { TopologyContent } from './TopologyContent';
import { TopologyControls } from './TopologyControls';
import { useTopologyChoices } from './useTopologyChoices';

/** Who calls the entity, whom it calls, and how each of them does. */
export function TopologyScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const choices = useTopologyChoices();
  const { window, depth, find } = choices;
  const polled = useTopology(entityRef, { window, depth: Number(depth) });
  const found =
    find.trim() && polled.data ? findNodes(polled.data, find) : undefined;
  return (
    <Screen
      entityRef={entityRef}
      polled={polled}
      skeleton={<Skeleton variant="rect" height={480} />}
      controls={
        <TopologyControls
          choices={choices}
          found={found?.size}
          onFindFirst={() => {
            const [first] = found ?? [];
            if (first !== undefined) {
              choices.setSelection(`node:${first}`);
            }
          }}
        />
      }
    >
      {topology => (
        <TopologyContent topology={topology} choices={choices} found={found} />
      )}
    </Screen>
  );
}
