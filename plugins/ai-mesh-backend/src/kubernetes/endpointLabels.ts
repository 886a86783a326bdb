import { hasLabels } from './labels';

type Labels = Readonly<Record<string, string>>;

const REGION = 'topology.kubernetes.io/region';
const ZONE = 'topology.kubernetes.io/zone';
const SUBZONE = 'topology.istio.io/subzone';
const CLUSTER = 'topology.istio.io/cluster';
const NETWORK = 'topology.istio.io/network';
const HOSTNAME = 'kubernetes.io/hostname';

/**
 * The labels that Istio gives an endpoint beside its pod's own, from its node, cluster and network: a subset may select
 * by them. From `AugmentLabels` in Istio's `pilot/pkg/serviceregistry/util/label/label.go`.
 */
const added = [REGION, ZONE, SUBZONE, CLUSTER, NETWORK, HOSTNAME] as const;

/** What an EndpointSlice, and a pod's own labels, tell of where an endpoint is. */
export interface EndpointPlace {
  /** Undefined for an address that is no pod's. */
  podLabels: Labels | undefined;
  zone: string | undefined;
  nodeName: string | undefined;
  /** As the portal's configuration names it, which may be another name than the mesh's. */
  cluster: string;
}

/**
 * Whether a subset that wants these labels has an endpoint; undefined where that hangs on what only nodes or the mesh's
 * configuration tell, which the portal does not read.
 */
export function subsetHasEndpoint(
  wanted: Labels,
  place: EndpointPlace,
): boolean | undefined {
  const own = Object.entries(wanted).filter(([name]) => !isAdded(name));
  if (!hasLabels(place.podLabels ?? {}, Object.fromEntries(own))) {
    return false;
  }
  const answers = Object.entries(wanted)
    .filter(([name]) => isAdded(name))
    .map(([name, value]) => agrees(name, value, place));
  if (answers.includes(false)) {
    return false;
  }
  return answers.includes(undefined) ? undefined : true;
}

/** The wanted labels that Istio adds, and no pod need carry. */
export function addedLabels(wanted: Labels): string[] {
  return Object.keys(wanted).filter(isAdded);
}

function isAdded(name: string): boolean {
  return added.some(each => each === name);
}

function agrees(
  name: string,
  wanted: string,
  { podLabels = {}, zone, nodeName, cluster }: EndpointPlace,
): boolean | undefined {
  const [region, ownZone, subzone] = localityOf(podLabels);
  const found = {
    [REGION]: region ?? podLabels[REGION],
    [ZONE]: ownZone ?? zone ?? podLabels[ZONE],
    [SUBZONE]: subzone ?? podLabels[SUBZONE],
    [NETWORK]: podLabels[NETWORK],
    [HOSTNAME]: nodeName,
    // By any other name it may still be this one.
    [CLUSTER]: cluster === wanted ? cluster : undefined,
  }[name];
  return found === undefined ? undefined : found === wanted;
}

/** A pod's own say on its region, zone and subzone, which counts before its node's. */
function localityOf(podLabels: Labels): (string | undefined)[] {
  const locality = podLabels['istio-locality'];
  return locality
    ? locality
        .split(locality.includes('/') ? '/' : '.')
        .map(part => (part === '' ? undefined : part))
    : [];
}
