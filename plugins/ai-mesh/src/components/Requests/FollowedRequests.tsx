import type { FixRequestsRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { useFixRequests } from '../../hooks';
import { RequestsBeside } from './RequestsBeside';

/** What became of an entity's pull requests of one kind, kept fresh. */
export function FollowedRequests(props: {
  entityRef: string;
  request: FixRequestsRequest;
}) {
  const { entityRef, request } = props;
  return <RequestsBeside followed={useFixRequests(entityRef, request)} />;
}
