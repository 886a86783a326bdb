import {
  ANNOTATION_CLUSTER,
  ANNOTATION_KUBERNETES_ID,
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_NAMESPACE,
  ANNOTATION_SERVICE,
  TARGET_ANNOTATIONS,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, isError, NotFoundError } from '@backstage/errors';
import {
  isLabelValue,
  LabelRequirement,
  parseLabelSelector,
  quoted,
} from './LabelSelector';
import type { NamedService, TargetQuery } from './TargetQuery';
import { redact } from './redact';

const examples: Record<string, string> = {
  [ANNOTATION_SERVICE]:
    'shop/cart, or eu-1/shop/cart,shop/checkout for a certain cluster and several Services',
  [ANNOTATION_LABEL_SELECTOR]: 'app=cart,tier in (web, api)',
  [ANNOTATION_KUBERNETES_ID]: 'cart',
  [ANNOTATION_NAMESPACE]: 'shop',
  [ANNOTATION_CLUSTER]: 'eu-1',
};

const objectName = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Reads from an entity's annotations what to look for in the mesh; the first annotation that is there decides.
 *
 * @param clusters - the names that are configured
 * @throws NotFoundError where no annotation leads to the mesh; InputError, with a right example, where one cannot be read
 */
export function parseTargetQuery(
  entity: Entity,
  clusters: readonly string[],
): TargetQuery {
  const annotations = entity.metadata.annotations ?? {};
  const annotation = TARGET_ANNOTATIONS.find(name => annotations[name]);
  if (!annotation) {
    throw new NotFoundError(
      `${stringifyEntityRef(entity)} does not say where it is in the mesh. Give it one of the annotations ${TARGET_ANNOTATIONS.join(
        ', ',
      )}, such as ${ANNOTATION_SERVICE}: shop/cart`,
    );
  }
  const value = annotations[annotation];
  const read = <T>(name: string, parse: (text: string) => T): T =>
    explained(entity, name, () => parse(annotations[name].trim()));
  if (annotation === ANNOTATION_SERVICE) {
    const services = read(annotation, text => parseServices(text, clusters));
    return { annotation, value, find: 'services', services };
  }
  const optional = <T>(name: string, parse: (text: string) => T) =>
    annotations[name] ? read(name, parse) : undefined;
  return {
    annotation,
    value,
    find: 'labels',
    requirements: read(
      annotation,
      annotation === ANNOTATION_LABEL_SELECTOR
        ? parseLabelSelector
        : parseKubernetesId,
    ),
    selector:
      annotation === ANNOTATION_LABEL_SELECTOR
        ? value.trim()
        : `${annotation}=${value.trim()}`,
    namespace: optional(ANNOTATION_NAMESPACE, parseName),
    cluster: optional(ANNOTATION_CLUSTER, text => parseCluster(text, clusters)),
  };
}

function parseServices(
  text: string,
  clusters: readonly string[],
): NamedService[] {
  return text.split(',').map(part => {
    const names = part.trim().split('/');
    if (names.length < 2 || names.length > 3) {
      throw new InputError(
        `${quoted(part.trim())} is not [cluster/]namespace/name`,
      );
    }
    const [namespace, name] = names.slice(-2).map(parseName);
    return names.length === 3
      ? { cluster: parseCluster(names[0], clusters), namespace, name }
      : { namespace, name };
  });
}

function parseKubernetesId(text: string): LabelRequirement[] {
  if (!isLabelValue(text)) {
    throw new InputError(`${quoted(text)} cannot be the value of a label`);
  }
  return [{ key: ANNOTATION_KUBERNETES_ID, operator: 'in', values: [text] }];
}

function parseName(text: string): string {
  if (!objectName.test(text)) {
    throw new InputError(
      `${quoted(text)} cannot be the name of a namespace or a Service`,
    );
  }
  return text;
}

function parseCluster(text: string, clusters: readonly string[]): string {
  if (!clusters.includes(text)) {
    throw new InputError(
      `there is no cluster ${quoted(text)}; configured are ${clusters.join(', ') || 'none'}`,
    );
  }
  return text;
}

function explained<T>(entity: Entity, annotation: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!isError(error) || error.name !== 'InputError') {
      throw error;
    }
    throw new InputError(
      `The annotation ${annotation} of ${stringifyEntityRef(entity)} cannot be used: ${redact(error.message)}. A right one: ${annotation}: ${examples[annotation]}`,
    );
  }
}
