import {
  ANNOTATION_KUBERNETES_ID,
  MARK_ENTITY,
  MARK_OWNER,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ObjectMeta } from '../../kubernetes/kinds';

/** What an object of the cluster says about whose it is. */
export interface Marks {
  /** Entity references. */
  entities: readonly string[];
  /** Entity references of groups and users. */
  owners: readonly string[];
  /**
   * Named by `backstage.io/kubernetes-id`, which is there in many clusters for another plugin's sake: it counts where
   * the catalog has such an entity.
   */
  byId?: string;
  /** Somebody has said on purpose whose it is: there is more than a `backstage.io/kubernetes-id`. */
  explicit: boolean;
  /** The annotations and labels, as a person finds them. */
  evidence: readonly string[];
}

/**
 * Reads the annotations and labels that name an entity or an owner. An annotation goes before a label of the same name.
 * A text that is no reference names nobody, but the object is marked all the same: what somebody meant to protect is
 * not free for all because of a slip.
 *
 * @returns undefined where there is no mark
 */
export function marksOf(
  metadata: Pick<ObjectMeta, 'labels' | 'annotations'> | undefined,
): Marks | undefined {
  const marked = (key: string) => {
    const annotation = metadata?.annotations?.[key]?.trim();
    const value = annotation || metadata?.labels?.[key]?.trim();
    return value
      ? { value, evidence: `${annotation ? 'annotation' : 'label'} ${key}` }
      : undefined;
  };
  const entity = marked(MARK_ENTITY);
  const owner = marked(MARK_OWNER);
  const id = marked(ANNOTATION_KUBERNETES_ID);
  if (!entity && !owner && !id) {
    return undefined;
  }
  return {
    entities: entity ? refsIn(entity.value, 'component') : [],
    owners: owner ? refsIn(owner.value, 'group') : [],
    byId: id && refsIn(id.value, 'component')[0],
    explicit: entity !== undefined || owner !== undefined,
    evidence: [entity, owner, id].flatMap(mark => mark?.evidence ?? []),
  };
}

function refsIn(text: string, defaultKind: string): string[] {
  return text.split(',').flatMap(part => {
    try {
      return [
        stringifyEntityRef(
          parseEntityRef(part.trim(), {
            defaultKind,
            defaultNamespace: 'default',
          }),
        ),
      ];
    } catch {
      // Names nobody; that the object is marked still counts.
      return [];
    }
  });
}
