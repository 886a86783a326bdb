import type { z } from 'zod';
import { inTurns } from '../target/inTurns';
import { namesInText, type Neighbour } from '../target/ownership';
import { isWord, schemasUnder } from './schemaAt';

/** A caller as policies write it. */
const PRINCIPAL = /\bns\/([a-z0-9-]+)\/sa\/([a-z0-9.-]+)/g;

/** A Service's host in full, within a mesh or across several; within a query's regular expression its dots are escaped. */
const HOST =
  /(?<![\w.-])([a-z0-9][a-z0-9-]*)\\*\.([a-z0-9][a-z0-9-]*)\\*\.(?:svc|global)\b/g;

/** A condition of a query on a label that holds a workload's or a Service's name. */
const IN_QUERY = /\w*(?:workload|service_name|_app|_service)=~?"([^"]*)"/g;

const OBJECT_NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** Kinds whose names are a neighbour's own; other objects of the configuration are called as anybody likes. */
const KINDS = new Set([
  'Service',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Rollout',
  'Job',
  'CronJob',
  'Pod',
]);

/** What Istio writes where it knows nobody; every account of a namespace that has none of its own. */
const NOBODY = new Set(['', 'unknown', '-']);
const DEFAULT_ACCOUNT = 'default';

/** A reference into the catalog, which is judged where it is told, and is no name of the mesh. */
export const ENTITY_REF =
  /^(component|api|system|domain|resource|group|user|template|location):[^:/\s]+\/[^:/\s]+$/;

/**
 * Whatever an answer names that may be a Service, a workload or a service account: things with a name and a namespace,
 * spans, names in hosts, principals and queries within its texts, and every word of them that a cluster may know. In turns
 * with other work: facts of some hundred entities are a hundred thousand texts.
 *
 * @param clusters - where it may be, for what stands outside of anything that has a cluster
 * @param schema - the answer's: words of the API are no names
 */
export async function neighboursIn(
  answer: unknown,
  clusters: readonly string[],
  schema?: z.ZodType,
): Promise<Neighbour[]> {
  const found = new Map<string, Neighbour>();
  const add = (
    cluster: string | undefined,
    namespace: string | undefined,
    name: string,
    more: Pick<Neighbour, 'text' | 'ifKnown'> = {},
  ) => {
    if (
      NOBODY.has(name) ||
      (namespace !== undefined && NOBODY.has(namespace))
    ) {
      return;
    }
    const neighbour = {
      clusters: cluster === undefined ? clusters : [cluster],
      namespace,
      name,
      ...more,
    };
    found.set(JSON.stringify(neighbour), neighbour);
  };
  const namesOf = (text: string, cluster?: string) => {
    for (const [whole, namespace, name] of text.matchAll(PRINCIPAL)) {
      add(
        cluster,
        namespace,
        name,
        name === DEFAULT_ACCOUNT ? { text: whole } : {},
      );
    }
    for (const [, name, namespace] of text.matchAll(HOST)) {
      add(cluster, namespace, name);
    }
    for (const [, values] of text.matchAll(IN_QUERY)) {
      for (const value of values.replaceAll('\\', '').split('|')) {
        if (OBJECT_NAME.test(value)) {
          add(cluster, undefined, value);
        }
      }
    }
    for (const { namespace, name } of namesInText(text)) {
      if (name !== DEFAULT_ACCOUNT) {
        add(cluster, namespace, name, { ifKnown: true });
      }
    }
  };
  // The same sentence may be said of each of many things.
  const looked = new Set<string>();
  const lookInText = (text: string, cluster = '') => {
    const key = `${cluster} ${text}`;
    if (!looked.has(key)) {
      looked.add(key);
      namesOf(text, cluster || undefined);
    }
  };
  const look = async (
    value: unknown,
    schemas: readonly z.ZodType[],
    cluster?: string,
  ): Promise<void> => {
    if (typeof value === 'string') {
      await inTurns();
      if (!isWord(schemas, value) && !ENTITY_REF.test(value)) {
        lookInText(value, cluster);
      }
    } else if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) {
        await look(one, schemasUnder(schemas, index), cluster);
      }
    } else if (typeof value === 'object' && value !== null) {
      const one = value as Record<string, unknown>;
      const here = typeof one.cluster === 'string' ? one.cluster : cluster;
      const name = one.workload ?? one.name;
      if (
        typeof one.namespace === 'string' &&
        typeof name === 'string' &&
        isNeighbour(one)
      ) {
        add(here, one.namespace, name);
      }
      if (typeof one.service === 'string') {
        // A span's service is written as its tracing system names it: `chat.ai`, or `chat`.
        const [service, namespace] = one.service.split('.');
        add(here, namespace, service);
      }
      for (const [key, each] of Object.entries(one)) {
        await look(each, schemasUnder(schemas, key), here);
      }
    }
  };
  await look(answer, schema ? [schema] : []);
  return [...found.values()];
}

function isNeighbour(one: Record<string, unknown>): boolean {
  if (one.apiVersion !== undefined) {
    return typeof one.kind === 'string' && KINDS.has(one.kind);
  }
  return (
    // A host outside the mesh is no neighbour's.
    one.kind !== 'external' &&
    // A breaker within an application, by the application's own name for it.
    !('pods' in one && 'state' in one)
  );
}
