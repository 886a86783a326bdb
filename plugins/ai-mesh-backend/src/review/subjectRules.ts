import {
  wording,
  type ObjectRef,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject, KubernetesObject } from '../kubernetes/kinds';
import type { EffectiveRule } from '../routes/EffectiveRoutes';
import { stepsOf, valueAt } from '../manifest';
import { objectName } from '../routes/objectRef';
import type { ReviewSubject } from './ReviewSubject';

/** A rule that requests come to, with the object that holds it. */
export interface SubjectRule {
  readonly rule: EffectiveRule;
  readonly object: ConfigObject;
}

/** The rules for requests that are reachable and lead anywhere; of each the object that holds it. */
export function requestRules({ routes }: ReviewSubject): SubjectRule[] {
  return routes.rules
    .filter(
      ({ protocol, reachable, destinations }) =>
        (protocol === 'http' || protocol === 'grpc') &&
        reachable &&
        destinations.length > 0,
    )
    .flatMap(rule => {
      const object = objectOf(routes.objects, rule.object);
      return object ? [{ rule, object }] : [];
    });
}

export function objectOf<T extends KubernetesObject>(
  objects: readonly T[],
  { kind, namespace, name }: ObjectRef,
): T | undefined {
  return objects.find(
    object =>
      object.kind === kind &&
      object.metadata.namespace === namespace &&
      object.metadata.name === name,
  );
}

/** `spec.http[0] (vip) of VirtualService ai/chat` */
export function placeOf(
  object: KubernetesObject,
  path: string,
  name?: string,
): string | Words {
  const whole = objectName(object as ConfigObject);
  if (path === '') {
    return whole;
  }
  return name === undefined
    ? wording('place.in', { path, object: whole })
    : wording('place.named', { path, rule: name, object: whole });
}

/** As {@link placeOf}, for a rule. */
export function ruleOf({ rule, object }: SubjectRule): string | Words {
  return placeOf(object, rule.path, rule.name);
}

/** `ai/chat` */
export function serviceName({ service }: ReviewSubject): string {
  return `${service.namespace}/${service.name}`;
}

/** Where a rule of this kind keeps its destinations. */
export function routeField(kind: string): string {
  return kind === 'VirtualService' ? 'route' : 'backendRefs';
}

/** Whether a rule's destinations stand where they are written: one that cannot be read is left out, and moves the others. */
export function isAligned({ rule, object }: SubjectRule): boolean {
  const written = valueAt(
    object,
    stepsOf(`${rule.path}.${routeField(object.kind)}`),
  );
  return Array.isArray(written) && written.length === rule.destinations.length;
}
