import type {
  BreakerSettings,
  Endpoints,
  Measured,
  RouteDestination,
  RouteNote,
  RouteRule,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';

/** A destination without what telemetry says of it. */
export type EffectiveDestination = Omit<RouteDestination, 'observed'>;

/** A rule as the mesh's objects make it, without what telemetry says of it. */
export interface EffectiveRule extends Omit<RouteRule, 'destinations'> {
  destinations: EffectiveDestination[];
}

/** How requests to one service are routed, as far as the cluster's objects say. */
export interface EffectiveRoutes {
  /** The service's full host name. */
  host: string;
  /** Top to bottom, first match wins. */
  rules: EffectiveRule[];
  /** Undefined: the DestinationRules cannot be read, so it is not known whether there is a breaker. */
  breakers: BreakerSettings[] | undefined;
  endpoints: Measured<Endpoints>;
  notes: RouteNote[];
  /** Every object that the rules and breakers came from. */
  objects: ConfigObject[];
}
