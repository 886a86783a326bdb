import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import Skeleton from '@material-ui/lab/Skeleton';
import { type ReactNode, useMemo } from 'react';
import { useTopology } from '../../../hooks';
import { FailureState, RefreshFailure } from '../../States';
import { compareTopologies, type Comparison } from './compareTopologies';
import { type ComparedMoment, momentOf } from './useComparedMoment';

/** Asks for the other moment too, and gives both laid over each other. */
export function ComparedTopology(props: {
  entityRef: string;
  topology: Topology;
  compared: ComparedMoment;
  children: (comparison: Comparison) => ReactNode;
}) {
  const { entityRef, topology, compared, children } = props;
  const { data, error, refresh } = useTopology(entityRef, {
    window: topology.window,
    depth: topology.depth,
    at: momentOf(compared, topology.observedAt),
  });
  const comparison = useMemo(
    () => data && compareTopologies(data, topology),
    [data, topology],
  );
  if (!data || !comparison) {
    return error ? (
      <FailureState error={error} entityRef={entityRef} onRetry={refresh} />
    ) : (
      <Skeleton variant="rect" height={480} />
    );
  }
  return (
    <>
      {error && <RefreshFailure error={error} observedAt={data.observedAt} />}
      {children(comparison)}
    </>
  );
}
