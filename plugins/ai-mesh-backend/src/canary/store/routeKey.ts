import {
  ACTIVE_CANARY_STATES,
  type CanaryRoute,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CanaryRecord } from '../machine';

/**
 * One text a route. The API version is left out: it is the same object in all. A rule without a name is the only one
 * without a match, so one key serves for it.
 */
export function routeKey({ object, rule }: CanaryRoute): string {
  const { cluster, kind, namespace = '', name } = object;
  return JSON.stringify([cluster, kind, namespace, name, rule ?? null]);
}

/** The route that the canary holds at present, if it does. */
export function heldRoute(record: CanaryRecord): string | null {
  return ACTIVE_CANARY_STATES.includes(record.state)
    ? routeKey(record.route)
    : null;
}

/** One text a Service. */
export function serviceKey({ cluster, namespace, name }: ServiceRef): string {
  return JSON.stringify([cluster, namespace, name]);
}

export function serviceOfKey(key: string): ServiceRef {
  const [cluster, namespace, name] = JSON.parse(key);
  return { cluster, namespace, name };
}
