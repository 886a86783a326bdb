import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { HiddenNeighbours, Neighbour } from '../target/ownership';
import type { Target } from '../target/Target';
import { neighboursIn } from './neighboursIn';

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
  'confidence',
  'percentile',
  'than',
]);

/** The same key may hold a sentence elsewhere, such as `reason`. */
const WORD = /^[\w./-]*$/;

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
    const own = target.clusters.flatMap(({ services, workloads }) => [
      ...services,
      ...workloads,
    ]);
    const clusters = target.clusters.map(({ cluster }) => cluster.name);
    const found = neighboursIn(answer, clusters).filter(
      ({ namespace, name, text }) =>
        text !== undefined ||
        !own.some(
          one =>
            one.name === name && (namespace ?? one.namespace) === one.namespace,
        ),
    );
    const concealed = await hidden.among(found, target, credentials);
    return concealed.length === 0
      ? answer
      : veiled(answer, replacerOf(concealed, found, target));
  };
}

/** Replaces names where they stand as a whole, longest first, and namespaces of which nothing else is seen. */
function replacerOf(
  concealed: readonly Neighbour[],
  found: readonly Neighbour[],
  target: Target,
): (text: string) => string {
  const own = target.clusters.flatMap(({ services, workloads }) => [
    ...services,
    ...workloads,
  ]);
  const seen = new Set([
    ...own.map(({ namespace }) => namespace),
    ...found
      .filter(one => !concealed.includes(one))
      .map(({ namespace }) => namespace),
  ]);
  // The entity's own reference holds words that a neighbour may be called by.
  const kept = new Set([
    ...own.map(({ name }) => name),
    ...target.entityRef.split(/[:/]/),
  ]);
  const texts = [
    ...new Set(concealed.map(({ name, text = name }) => text)),
  ].filter(text => !kept.has(text));
  const replacements = new Map(
    texts.map((text, index) => {
      const name = `${HIDDEN_NAME} (${index + 1})`;
      return [text, text.includes('/') ? `ns/hidden/sa/${name}` : name];
    }),
  );
  for (const { namespace } of concealed) {
    if (
      namespace !== undefined &&
      !seen.has(namespace) &&
      !kept.has(namespace) &&
      !replacements.has(namespace)
    ) {
      replacements.set(namespace, 'hidden');
    }
  }
  const longestFirst = [...replacements.keys()]
    .sort((a, b) => b.length - a.length)
    // Within a query's regular expression a dot is escaped.
    .map(name =>
      name.replace(/[^\w-]/g, letter =>
        letter === '.' ? '\\\\*\\.' : `\\${letter}`,
      ),
    );
  if (longestFirst.length === 0) {
    return text => text;
  }
  const pattern = new RegExp(
    `(?<![\\w-])(?:${longestFirst.join('|')})(?![\\w-])`,
    'g',
  );
  return text =>
    text.replace(pattern, name => replacements.get(name.replaceAll('\\', ''))!);
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
    typeof one === 'string' && WORDS.has(key) && WORD.test(one)
      ? one
      : veiled(one, replace),
  ]);
  const copy = Object.fromEntries(entries);
  // Ways to pages about it would lead nowhere.
  const name = copy.workload ?? copy.name;
  if (typeof name === 'string' && name.startsWith(HIDDEN_NAME)) {
    delete copy.links;
    delete copy.entityRef;
  }
  return copy;
}
