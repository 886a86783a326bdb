import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { HiddenNeighbours, Neighbour } from '../target/ownership';
import type { Target } from '../target/Target';

/** What a hidden neighbour is called; each has a number of its own within one answer. */
export const HIDDEN_NAME = 'a service you may not see';

/** Values of these are words of the API, whatever a Service may be called. */
const WORDS = new Set([
  'kind',
  'relation',
  'proxy',
  'status',
  'reason',
  'protocol',
  'reporter',
  'side',
  'severity',
  'health',
  'window',
  'mode',
  'level',
  'outcome',
  'apiVersion',
  'cluster',
]);

/** A caller as policies write it; its service account is called as its workload by all but a few. */
const PRINCIPAL = /\bns\/([a-z0-9-]+)\/sa\/([a-z0-9-]+)/g;

/** Takes the names of neighbours whose entities a reader may not see out of an answer; their figures stay. */
export type VeilNeighbours = (
  answer: unknown,
  target: Target,
  credentials: BackstageCredentials,
) => Promise<unknown>;

export function veilNeighbours(
  hidden: Pick<HiddenNeighbours, 'among'>,
): VeilNeighbours {
  return async (answer, target, credentials) => {
    const own = new Set(
      target.clusters.flatMap(({ services, workloads }) =>
        [...services, ...workloads].map(nameOf),
      ),
    );
    const clusters = target.clusters.map(({ cluster }) => cluster.name);
    const found = [...neighboursIn(answer, clusters)].filter(
      one => !own.has(nameOf(one)),
    );
    const concealed = await hidden.among(found, target, credentials);
    return concealed.length === 0
      ? answer
      : veiled(answer, replacerOf(concealed, found, target));
  };
}

function nameOf({ namespace, name }: { namespace: string; name: string }) {
  return `${namespace}/${name}`;
}

/**
 * Whatever in an answer has a namespace and a name, and is no object of the configuration.
 *
 * @param clusters - where it may be, for what stands outside of anything that has a cluster
 */
function neighboursIn(
  answer: unknown,
  clusters: readonly string[],
): Set<Neighbour> {
  const found = new Map<string, Neighbour>();
  const add = (
    cluster: string | undefined,
    { namespace, name }: { namespace: string; name: string },
  ) => {
    for (const one of cluster === undefined ? clusters : [cluster]) {
      found.set(`${one}/${namespace}/${name}`, {
        cluster: one,
        namespace,
        name,
      });
    }
  };
  const look = (value: unknown, cluster?: string) => {
    if (typeof value === 'string') {
      for (const [, namespace, name] of value.matchAll(PRINCIPAL)) {
        add(cluster, { namespace, name });
      }
    } else if (Array.isArray(value)) {
      value.forEach(one => look(one, cluster));
    } else if (typeof value === 'object' && value !== null) {
      const one = value as Record<string, unknown>;
      const here = typeof one.cluster === 'string' ? one.cluster : cluster;
      const name = one.workload ?? one.name;
      if (
        typeof one.namespace === 'string' &&
        typeof name === 'string' &&
        one.apiVersion === undefined
      ) {
        add(here, { namespace: one.namespace, name });
      }
      // A span's service is written as its tracing system names it: `chat.ai`.
      const [service, namespace] =
        typeof one.service === 'string' ? one.service.split('.') : [];
      if (service && namespace) {
        add(here, { namespace, name: service });
      }
      Object.values(one).forEach(each => look(each, here));
    }
  };
  look(answer);
  return new Set(found.values());
}

/** Replaces names where they stand as a whole, longest first, and namespaces of which nothing else is seen. */
function replacerOf(
  concealed: readonly Neighbour[],
  found: readonly Neighbour[],
  target: Target,
): (text: string) => string {
  const seen = new Set([
    ...target.clusters.flatMap(({ services, workloads }) =>
      [...services, ...workloads].map(({ namespace }) => namespace),
    ),
    ...found
      .filter(one => !concealed.includes(one))
      .map(({ namespace }) => namespace),
  ]);
  const kept = new Set(
    target.clusters.flatMap(({ services, workloads }) =>
      [...services, ...workloads].map(({ name }) => name),
    ),
  );
  const names = [...new Set(concealed.map(({ name }) => name))].filter(
    name => !kept.has(name),
  );
  const replacements = new Map(
    names.map((name, index) => [name, `${HIDDEN_NAME} (${index + 1})`]),
  );
  for (const { namespace } of concealed) {
    if (!seen.has(namespace) && !replacements.has(namespace)) {
      replacements.set(namespace, 'hidden');
    }
  }
  const longestFirst = [...replacements.keys()]
    .sort((a, b) => b.length - a.length)
    .map(name => name.replace(/[^\w-]/g, '\\$&'));
  if (longestFirst.length === 0) {
    return text => text;
  }
  const pattern = new RegExp(
    `(?<![\\w-])(?:${longestFirst.join('|')})(?![\\w-])`,
    'g',
  );
  return text => text.replace(pattern, name => replacements.get(name)!);
}

function veiled(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return replace(value);
  }
  if (Array.isArray(value)) {
    return value.map(one => veiled(one, replace));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    typeof one === 'string' && WORDS.has(key) ? one : veiled(one, replace),
  ]);
  const copy = Object.fromEntries(entries);
  // Ways to pages about it would lead nowhere.
  if (typeof copy.name === 'string' && copy.name.startsWith(HIDDEN_NAME)) {
    delete copy.links;
  }
  return copy;
}
