import {
  wording,
  type CanaryRouteSelection,
} from '@ai-mesh/plugin-ai-mesh-common';
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
    throw new SplitRefusal('unsupported', wording('split.notRoute', { kind }));
  }
  return dialects[kind as CanaryRouteSelection['kind']];
}
