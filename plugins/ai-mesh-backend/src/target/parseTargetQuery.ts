import {
  ANNOTATION_CLUSTER,
  ANNOTATION_KUBERNETES_ID,
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_NAMESPACE,
  ANNOTATION_SERVICE,
  TARGET_ANNOTATIONS,
  wording,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  isLabelValue,
  LabelRequirement,
  parseLabelSelector,
  quoted,
} from './LabelSelector';
import type { NamedService, TargetQuery } from './TargetQuery';
import { worded, wordingWith } from '../worded';
import { WordedError } from '../WordedError';

const examples: Record<string, Words | string> = {
  [ANNOTATION_SERVICE]: wording('annotation.services'),
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
    throw worded(
      NotFoundError,
      wording('annotation.missing', {
        entity: stringifyEntityRef(entity),
        annotations: TARGET_ANNOTATIONS.join(', '),
        annotation: ANNOTATION_SERVICE,
      }),
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
      throw new WordedError(
        wording('annotation.notService', { part: quoted(part.trim()) }),
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
    throw new WordedError(
      wording('annotation.notValue', { part: quoted(text) }),
    );
  }
  return [{ key: ANNOTATION_KUBERNETES_ID, operator: 'in', values: [text] }];
}

function parseName(text: string): string {
  if (!objectName.test(text)) {
    throw new WordedError(
      wording('annotation.notName', { part: quoted(text) }),
    );
  }
  return text;
}

function parseCluster(text: string, clusters: readonly string[]): string {
  if (!clusters.includes(text)) {
    throw new WordedError(
      wordingWith('annotation.noCluster', {
        part: quoted(text),
        clusters: clusters.join(', ') || wording('annotation.noClusters'),
      }),
    );
  }
  return text;
}

function explained<T>(entity: Entity, annotation: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof WordedError)) {
      throw error;
    }
    throw worded(
      InputError,
      wordingWith('annotation.unusable', {
        why: error.words,
        example: examples[annotation],
        annotation,
        entity: stringifyEntityRef(entity),
      }),
    );
  }
}
