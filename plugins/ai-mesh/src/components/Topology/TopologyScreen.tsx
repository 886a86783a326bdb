import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Skeleton from '@material-ui/lab/Skeleton';
import { useMemo } from 'react';
import { useMoment, useTopology } from '../../hooks';
import { Screen } from '../Screen';
import { parseExpression } from './expression';
import { filterTopology, findIn } from './filterTopology';
import { TopologyContent } from './TopologyContent';
import { TopologyControls } from './TopologyControls';
import { useTopologyChoices } from './useTopologyChoices';

const sizeOf = ({ nodes, edges }: { nodes: Set<string>; edges: Set<string> }) =>
  nodes.size + edges.size;

/** Who calls the entity, whom it calls, and how each of them does. */
export function TopologyScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const choices = useTopologyChoices();
  const { window, depth, show } = choices;
  const [at] = useMoment();
  const polled = useTopology(entityRef, {
    window,
    depth: Number(depth),
    ...(at && { at }),
  });
  const { data } = polled;
  const find = useMemo(() => parseExpression(choices.find), [choices.find]);
  const hide = useMemo(() => parseExpression(choices.hide), [choices.hide]);
  const found = useMemo(
    () =>
      data && find.status === 'read'
        ? findIn(data, find.expression)
        : undefined,
    [data, find],
  );
  const visible = useMemo(
    () =>
      data &&
      filterTopology(
        data,
        show,
        hide.status === 'read' ? hide.expression : undefined,
      ),
    [data, show, hide],
  );
  const without = useMemo(
    () => data && filterTopology(data, show),
    [data, show],
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
          find={find}
          found={found}
          hide={hide}
          hidden={visible && without && sizeOf(without) - sizeOf(visible)}
          onFindFirst={() => {
            const [node] = found?.nodes ?? [];
            const [edge] = found?.edges ?? [];
            if (node !== undefined) {
              choices.setSelection(`node:${node}`);
            } else if (edge !== undefined) {
              choices.setSelection(`edge:${edge}`);
            }
          }}
        />
      }
    >
      {topology =>
        visible && (
          <TopologyContent
            topology={topology}
            choices={choices}
            visible={visible}
            found={found}
          />
        )
      }
    </Screen>
  );
}
