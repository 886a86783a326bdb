import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject, MeshKind } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { placesIn } from './unreadableIn';

const KINDS = [
  'VirtualService',
  'DestinationRule',
  'ServiceEntry',
  'PeerAuthentication',
  'AuthorizationPolicy',
  'Telemetry',
] as const satisfies readonly MeshKind[];

/** What says whom an object is for. */
const REACH =
  /^spec(\.(hosts?|gateways|exportTo|selector|workloadSelector|targetRefs?)(?![A-Za-z]).*)?$/;

/**
 * Objects of a namespace, or of the whole mesh, that do not say readably whom they are for: each may be meant for any
 * service there, and none of them can be seen to be.
 */
export function astray(
  snapshot: MeshSnapshot,
  namespace: string,
): ConfigObject[] {
  const homes = new Set([namespace, snapshot.rootNamespace]);
  return KINDS.flatMap(kind =>
    [...homes].flatMap(
      home =>
        groupBy(snapshot.inNamespace(kind, home), reachOf).get('unreadable') ??
        [],
    ),
  );
}

function reachOf(object: ConfigObject): string[] {
  return placesIn(object).some(({ path }) => REACH.test(path))
    ? ['unreadable']
    : [];
}
