import {
  said,
  wording,
  type FindingFix,
  type FixApplicability,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { Target } from '../../target/Target';
import { appliersOf, whyNotApplied, type ApplyPlace } from './whyNotApplied';

/**
 * Whether a fix of a review can be applied, as far as the snapshot that it was read from tells; undefined where the portal
 * writes nothing to its cluster.
 */
export function applicabilityIn(
  target: Pick<Target, 'clusters' | 'entityRef' | 'resolution'>,
  { object: ref, jsonPatch = [] }: FindingFix,
  canaryOn: ApplyPlace['canaryOn'],
): FixApplicability | undefined {
  const no = (...words: Parameters<typeof wording>): FixApplicability => ({
    possible: false,
    ...said(wording(...words)),
  });
  const found = target.clusters.find(
    ({ cluster }) => cluster.name === ref.cluster,
  );
  const { editor } = found?.cluster ?? {};
  if (!found || !editor || editor.readOnly) {
    return undefined;
  }
  const { kind, namespace = '', name } = ref;
  if (kind !== 'VirtualService' && kind !== 'DestinationRule') {
    return no('apply.kind', { kind });
  }
  const object = found.snapshot.get(kind, namespace, name) as
    ConfigObject | undefined;
  const operations = jsonPatch.filter(({ op }) => op !== 'test');
  if (!object || operations.length === 0) {
    return no('apply.noPatch');
  }
  const why = whyNotApplied(object, operations, {
    entityRef: target.entityRef,
    clusterDomain: found.snapshot.clusterDomain,
    isProven: service =>
      target.resolution.ownership?.some(
        one =>
          one.proven &&
          one.service.cluster === ref.cluster &&
          one.service.namespace === service.namespace &&
          one.service.name === service.name,
      ) === true,
    canaryOn,
  });
  return why
    ? { possible: false, ...said(why) }
    : { possible: true, ...said(...appliersOf(object)) };
}
