import type { CanaryRouteSelection } from '@ai-mesh/plugin-ai-mesh-common';
import { grpcRouteDialect, httpRouteDialect } from './gatewayRouteDialect';
import type { RouteDialect } from './RouteDialect';
import { SplitRefusal } from './SplitRefusal';
import { virtualServiceDialect } from './virtualServiceDialect';

const dialects: Record<CanaryRouteSelection['kind'], RouteDialect> = {
  VirtualService: virtualServiceDialect,
  HTTPRoute: httpRouteDialect,
  GRPCRoute: grpcRouteDialect,
};

/** @throws SplitRefusal for a kind whose weights cannot be moved */
export function routeDialect(kind: string): RouteDialect {
  if (!Object.hasOwn(dialects, kind)) {
    throw new SplitRefusal(
      'unsupported',
      `A ${kind} is not a route whose weights can be moved: a VirtualService, an HTTPRoute or a GRPCRoute is`,
    );
  }
  return dialects[kind as CanaryRouteSelection['kind']];
}
