import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Skeleton from '@material-ui/lab/Skeleton';
import { useMoment, useTopology } from '../../hooks';
import { Screen } from '../Screen';
import { ComparedTopology, momentOf, useComparedMoment } from './compare';
import { ReplayScreen } from './replay';
import { TopologyContent } from './TopologyContent';
import { TopologyControls } from './TopologyControls';
import { useNarrowed } from './useNarrowed';
import { type TopologyChoices, useTopologyChoices } from './useTopologyChoices';

/** Who calls the entity, whom it calls, and how each of them does: at one moment, beside another one, or over time. */
export function TopologyScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const choices = useTopologyChoices();
  return choices.view === 'replay' ? (
    <ReplayScreen entityRef={entityRef} choices={choices} />
  ) : (
    <MomentScreen entityRef={entityRef} choices={choices} />
  );
}

function MomentScreen(props: { entityRef: string; choices: TopologyChoices }) {
  const { entityRef, choices } = props;
  const { window, depth } = choices;
  const [at] = useMoment();
  const polled = useTopology(entityRef, {
    window,
    depth: Number(depth),
    ...(at && { at }),
  });
  const narrowed = useNarrowed(polled.data, choices);
  const [compared] = useComparedMoment();
  return (
    <Screen
      entityRef={entityRef}
      polled={polled}
      anyMoment
      skeleton={<Skeleton variant="rect" height={480} />}
      controls={<TopologyControls choices={choices} narrowed={narrowed} />}
    >
      {topology =>
        momentOf(compared, topology.observedAt) === '' ? (
          <TopologyContent topology={topology} choices={choices} />
        ) : (
          <ComparedTopology
            entityRef={entityRef}
            topology={topology}
            compared={compared}
          >
            {comparison => (
              <TopologyContent
                topology={comparison.topology}
                comparison={comparison}
                choices={choices}
              />
            )}
          </ComparedTopology>
        )
      }
    </Screen>
  );
}
