import Skeleton from '@material-ui/lab/Skeleton';
import { lazy, Suspense } from 'react';

const TopologyScreen = lazy(() =>
  import('../Topology').then(module => ({ default: module.TopologyScreen })),
);

/** The tab of a System: the topology of its components, which have the other screens. */
export function SystemTopology() {
  return (
    <Suspense fallback={<Skeleton variant="rect" height={480} />}>
      <TopologyScreen />
    </Suspense>
  );
}
