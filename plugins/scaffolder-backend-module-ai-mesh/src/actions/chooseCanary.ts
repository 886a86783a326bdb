import {
  poolOfHost,
  type CanaryAcross,
  type CanaryOptions,
  type CanaryOrder,
  type CanaryVersion,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';

/** What a template may leave out. */
export interface Wanted {
  /** `[cluster/]namespace/name`; absent: the entity's only Service with a route. */
  service?: string;
  /** In which the request is to be made, in their order; absent: the service's alone. */
  clusters?: string[];
  /** Absent: one after another. */
  order?: CanaryOrder;
  /** A version's label or subset; absent: the one that has most of the traffic. */
  stable?: string;
  canary: string;
}

export interface Chosen {
  service: ServiceRef;
  stable: CanaryVersion;
  canary: CanaryVersion;
  across?: CanaryAcross;
}

type Offer = CanaryOptions['services'][number];

/**
 * What a request names in full, from what a template says and the cluster offers.
 *
 * @throws InputError that lists what there is
 */
export function chooseCanary(options: CanaryOptions, wanted: Wanted): Chosen {
  const offer = chooseService(options, wanted);
  const canary = versionCalled(offer, wanted.canary);
  const stable =
    wanted.stable === undefined
      ? mostUsed(offer)
      : versionCalled(offer, wanted.stable);
  const { clusters = [], order = 'one-after-another' } = wanted;
  return {
    service: offer.service,
    stable,
    canary,
    ...(clusters.length > 1 && { across: { clusters, order } }),
  };
}

function chooseService(
  { services }: CanaryOptions,
  { service: wanted, clusters = [] }: Wanted,
): Offer {
  const [first] = clusters;
  const offered = services.filter(
    ({ service }) => first === undefined || service.cluster === first,
  );
  const named = offered.filter(({ service }) =>
    wanted === undefined
      ? true
      : [
          textOf(service),
          textOf(service).split('/').slice(1).join('/'),
        ].includes(wanted),
  );
  const candidates = named.filter(({ routes }) => routes.length > 0);
  if (candidates.length === 1) {
    return candidates[0];
  }
  if (candidates.length === 0) {
    const why = named.flatMap(({ message }) => (message ? [message] : []));
    throw new InputError(
      why.length > 0
        ? why.join(' ')
        : `The entity has no Service ${wanted ?? ''} with a route whose weights can be moved.`,
    );
  }
  throw new InputError(
    `Name the service, one of ${candidates.map(({ service }) => textOf(service)).join(', ')}.`,
  );
}

function textOf({ cluster, namespace, name }: ServiceRef): string {
  return `${cluster}/${namespace}/${name}`;
}

function versionCalled({ versions }: Offer, name: string): CanaryVersion {
  const found = versions.filter(
    ({ version, label }) => label === name || version.subset === name,
  );
  if (found.length !== 1) {
    throw new InputError(
      `There ${found.length === 0 ? 'is no version' : 'are several versions'} called ${name}: name one of ${versions.map(({ label }) => label).join(', ')}.`,
    );
  }
  return found[0].version;
}

/** Of the route where most traffic goes. */
function mostUsed({ routes }: Offer): CanaryVersion {
  const { weights } = routes.find(({ catchAll }) => catchAll) ?? routes[0];
  const [first, second] = [...weights].sort((a, b) => b.percent - a.percent);
  if (!first || first.percent === second?.percent) {
    throw new InputError(
      'No version has most of the traffic: name the stable one.',
    );
  }
  const { host, subset, port } = first;
  const pool = poolOfHost(host);
  if (pool) {
    return { pool: pool.name };
  }
  return {
    host,
    ...(subset !== undefined && { subset }),
    ...(port !== undefined && { port }),
  };
}
