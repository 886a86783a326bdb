import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Skeleton from '@material-ui/lab/Skeleton';
import { useEffect, useMemo } from 'react';
import { useMoment, useTopology } from '../../hooks';
import { isSystem } from '../../isSystem';
import { Screen } from '../Screen';
import {
  ComparedTopology,
  compareVersions,
  momentOf,
  parseVersions,
  useComparedMoment,
  VERSIONS,
  versionsIn,
} from './compare';
import { startAside } from './graph/layoutAside';
import { ReplayScreen } from './replay';
import { TopologyContent } from './TopologyContent';
import { TopologyControls } from './TopologyControls';
import { useNarrowed } from './useNarrowed';
import { type TopologyChoices, useTopologyChoices } from './useTopologyChoices';

/** Who calls the entity, whom it calls, and how each of them does: at one moment, beside another one, or over time. */
export function TopologyScreen() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  // Beside its own components a System has their direct neighbours.
  const choices = useTopologyChoices(isSystem(entity) ? '1' : '2');
  // While the answer is awaited.
  useEffect(startAside, []);
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
  const versions = useMemo(
    () => polled.data && versionsIn(polled.data),
    [polled.data],
  );
  return (
    <Screen
      entityRef={entityRef}
      polled={polled}
      anyMoment
      skeleton={<Skeleton variant="rect" height={480} />}
      controls={
        <TopologyControls
          choices={choices}
          narrowed={narrowed}
          versions={versions}
        />
      }
    >
      {topology => (
        <Shown
          topology={topology}
          compared={compared}
          entityRef={entityRef}
          choices={choices}
        />
      )}
    </Screen>
  );
}

/** One moment alone, two versions of it, or another moment beside it. */
function Shown(props: {
  topology: Topology;
  compared: string;
  entityRef: string;
  choices: TopologyChoices;
}) {
  const { topology, compared, entityRef, choices } = props;
  const beside = useMemo(() => {
    const names = versionsIn(topology);
    return compared.startsWith(VERSIONS) && names.length > 1
      ? compareVersions(
          topology,
          parseVersions(compared) ?? {
            first: names[0],
            second: names[names.length - 1],
          },
        )
      : undefined;
  }, [topology, compared]);
  if (beside) {
    return (
      <TopologyContent
        topology={beside.topology}
        comparison={beside}
        choices={choices}
      />
    );
  }
  return compared.startsWith(VERSIONS) ||
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
  );
}
