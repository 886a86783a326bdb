import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { inEnglish, wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { z } from 'zod';
import { inTurns } from '../target/inTurns';
import type {
  HiddenNeighbours,
  Neighbour,
  OwnThings,
} from '../target/ownership';
import { ENTITY_REF, neighboursIn } from './neighboursIn';
import { isWord, schemasUnder } from './schemaAt';

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
  'of',
]);

/** The same key may hold a sentence elsewhere, such as `reason`. */
const WORD = /^[\w./-]*$/;

/** Whom an answer is about. */
export interface VeilSubject extends OwnThings {
  /** Absent for an answer about several. */
  entityRef?: string;
}

/**
 * Takes the names of neighbours whose entities a reader may not see out of an answer; their figures stay. A fix that names
 * one is left out: with another name it would be another change.
 */
export type VeilNeighbours = <Answer>(
  answer: Answer,
  about: VeilSubject,
  credentials: BackstageCredentials,
  schema?: z.ZodType,
) => Promise<Answer>;

/** @param clusters - where an answer's names are looked for that is about no cluster in particular */
export function veilNeighbours(
  hidden: Pick<HiddenNeighbours, 'among'>,
  clusters: readonly string[] = [],
): VeilNeighbours {
  return async (answer, target, credentials, schema) => {
    const own = target.clusters.flatMap(({ services, workloads }) => [
      ...services,
      ...workloads,
    ]);
    const about = target.clusters.map(({ cluster }) => cluster.name);
    const named = await neighboursIn(
      answer,
      about.length > 0 ? [...new Set(about)] : clusters,
      schema,
    );
    const found = named.filter(
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
      : ((await veiled(
          answer,
          replacerOf(concealed, found, target),
          schema ? [schema] : [],
        )) as typeof answer);
  };
}

/** Replaces names where they stand as a whole, longest first, and namespaces of which nothing else is seen. */
function replacerOf(
  concealed: readonly Neighbour[],
  found: readonly Neighbour[],
  target: VeilSubject,
): (text: string) => string {
  const own = target.clusters.flatMap(({ services, workloads }) => [
    ...services,
    ...workloads,
  ]);
  const hidden = new Set(concealed);
  const seen = new Set([
    ...own.map(({ namespace }) => namespace),
    ...found
      // A word of a text that means nothing shows no namespace.
      .filter(one => !one.ifKnown && !hidden.has(one))
      .map(({ namespace }) => namespace),
  ]);
  // The entity's own reference holds words that a neighbour may be called by.
  const kept = new Set([
    ...own.map(({ name }) => name),
    ...(target.entityRef?.split(/[:/]/) ?? []),
  ]);
  const texts = [
    ...new Set(concealed.map(({ name, text = name }) => text)),
  ].filter(text => !kept.has(text));
  const replacements = new Map(
    texts.map((text, index) => {
      // Each has a number of its own within one answer.
      const name = inEnglish([wording('name.hidden', { number: index + 1 })]);
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
    // A pattern of a query may go on behind a dash: `cart-[a-z0-9]+`.
    `(?<!\\w|\\w-)(?:${longestFirst.join('|')})(?!\\w|-\\w)`,
    'g',
  );
  return text =>
    text.replace(pattern, name => replacements.get(name.replaceAll('\\', ''))!);
}

/** In turns with other work, as {@link neighboursIn}. */
async function veiled(
  value: unknown,
  replace: (text: string) => string,
  schemas: readonly z.ZodType[],
): Promise<unknown> {
  if (typeof value === 'string') {
    await inTurns();
    return isWord(schemas, value) || ENTITY_REF.test(value)
      ? value
      : replace(value);
  }
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const [index, one] of value.entries()) {
      list.push(await veiled(one, replace, schemasUnder(schemas, index)));
    }
    return list;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries: [string, unknown][] = [];
  for (const [key, one] of Object.entries(value)) {
    const isWordHere =
      typeof one === 'string' && WORDS.has(key) && WORD.test(one);
    const told = isWordHere
      ? one
      : await veiled(one, replace, schemasUnder(schemas, key));
    if (key !== 'fix' || JSON.stringify(told) === JSON.stringify(one)) {
      entries.push([key, told]);
    }
  }
  const copy = Object.fromEntries(entries);
  // Ways to pages about what is hidden would lead nowhere.
  const { workload, name } = value as { workload?: unknown; name?: unknown };
  if ((copy.workload ?? copy.name) !== (workload ?? name)) {
    delete copy.links;
    delete copy.entityRef;
  }
  return copy;
}
