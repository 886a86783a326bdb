import {
  said,
  wording,
  type RouteNote,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { poolsOfService } from '../kubernetes/inferencePools';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { serviceOfHost } from './hosts';
import { byAge, objectName, objectRef } from './objectRef';
import type { CandidateRule, RouteTable } from './RouteSource';
import type { Audience } from './visibility';

/** A table with its place among those that may send a request to the service. */
export interface Contender {
  table: RouteTable;
  /** Why callers in the mesh never come to it. */
  meshLostTo?: Words;
  /** The rules of it that matter to the service. */
  only: (rule: CandidateRule) => boolean;
}

/**
 * Which table decides for callers that address the service. Istio never merges VirtualServices for callers in the
 * mesh: it takes the one that names the host most closely, then one exported to the caller alone, then the oldest.
 * The losers are kept, out of reach, so that nobody wonders where their rules went.
 *
 * @see https://github.com/istio/istio/issues/36621
 */
export function contest(
  snapshot: MeshSnapshot,
  host: string,
  tables: readonly RouteTable[],
): { contenders: Contender[]; notes: RouteNote[] } {
  const addressed = tables
    .filter(({ specificity }) => specificity > 0)
    .sort(
      (a, b) =>
        compare(b.specificity, a.specificity) ||
        Number(a.audience === 'everyone') - Number(b.audience === 'everyone') ||
        byAge(a.objects[0], b.objects[0]),
    );
  const closest = addressed.filter(
    ({ specificity, audience }) =>
      specificity === addressed[0].specificity ||
      // Callers outside the closest one's audience look further.
      !addressed.some(
        other =>
          other.specificity > specificity && includes(other.audience, audience),
      ),
  );
  const winners: RouteTable[] = [];
  const inMesh = closest.map((table): Contender => {
    const winner = winners.find(other =>
      includes(other.audience, table.audience),
    );
    winners.push(table);
    return {
      table,
      ...(winner && {
        meshLostTo: wording('route.decidesAlone', {
          object: objectName(winner.objects[0]),
        }),
      }),
      only: () => true,
    };
  });
  const pools = poolHostsOf(snapshot, host);
  const leadsHere = ({ destinations, settings }: CandidateRule) =>
    destinations.some(destination =>
      destination.kind === 'InferencePool'
        ? pools.has(destination.host)
        : destination.host === host,
    ) || (settings.mirrors ?? []).some(mirror => mirror.host === host);
  const elsewhere = tables
    .filter(table => !closest.includes(table))
    .map((table): Contender => ({
      table: { ...table, specificity: 0 },
      only: leadsHere,
    }))
    // Without hosts there is nothing but notes on why.
    .filter(
      ({ table }) => table.rules.some(leadsHere) || table.hosts.length === 0,
    );
  const contenders = [...inMesh, ...elsewhere];
  return {
    contenders,
    notes: [
      ...rivalry(snapshot, host, closest),
      ...contenders.flatMap(({ table }) => table.notes),
    ],
  };
}

/** As destinations name the pools that a host's Service is divided into. */
function poolHostsOf(
  snapshot: MeshSnapshot,
  host: string,
): ReadonlySet<string> {
  const service = serviceOfHost(host, snapshot.clusterDomain);
  return new Set(
    service &&
      poolsOfService(snapshot, service).map(
        ({ namespace, name }) => `${name}.${namespace}`,
      ),
  );
}

function rivalry(
  snapshot: MeshSnapshot,
  host: string,
  rivals: RouteTable[],
): RouteNote[] {
  if (rivals.length < 2) {
    return [];
  }
  const names = rivals.map(({ objects }) => objectName(objects[0]));
  return [
    {
      kind: 'several-virtual-services',
      ...said(
        wording('route.rivals', { objects: names.join(', '), host }),
        ...rivals.flatMap(({ audience }, index) =>
          audience === 'everyone'
            ? []
            : wording('route.rivalFor', {
                object: names[index],
                namespaces: [...audience].join(', '),
              }),
        ),
      ),
      objects: rivals.flatMap(({ objects }) =>
        objects.map(object => objectRef(snapshot, object)),
      ),
    },
  ];
}

function includes(outer: Audience, inner: Audience): boolean {
  if (outer === 'everyone') {
    return true;
  }
  return (
    inner !== 'everyone' && [...inner].every(namespace => outer.has(namespace))
  );
}

function compare(a: number, b: number): number {
  // Infinity minus itself is no number.
  return a === b ? 0 : a - b;
}
