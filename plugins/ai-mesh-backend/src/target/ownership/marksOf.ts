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
   * the catalog has such an entity, and nobody has said on purpose whose the object is.
   */
  byId?: string;
  /** Somebody has said on purpose whose it is, if only in a text that names nobody. */
  explicit: boolean;
  /** The annotations and labels that count, as a person finds them, each with what of it cannot count. */
  evidence: readonly string[];
}

/** A longer text, or one of more references, names nobody. */
const MOST_CHARACTERS = 2000;
const MOST_REFERENCES = 20;

/** Objects of a snapshot are never changed, and every entity that claims one asks for its marks. */
const known = new WeakMap<object, Marks | 'none'>();

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
  if (!metadata) {
    return undefined;
  }
  const present = known.get(metadata) ?? readMarks(metadata) ?? 'none';
  known.set(metadata, present);
  return present === 'none' ? undefined : present;
}

function readMarks({
  labels,
  annotations,
}: Pick<ObjectMeta, 'labels' | 'annotations'>): Marks | undefined {
  const marked = (key: string, defaultKind: string) => {
    const annotation = annotations?.[key]?.trim();
    const value = annotation || labels?.[key]?.trim();
    if (!value) {
      return undefined;
    }
    const { refs, trouble } = refsIn(value, defaultKind);
    return {
      refs,
      evidence: `${annotation ? 'annotation' : 'label'} ${key}${trouble && ` (${trouble})`}`,
    };
  };
  const entity = marked(MARK_ENTITY, 'component');
  const owner = marked(MARK_OWNER, 'group');
  const id = marked(ANNOTATION_KUBERNETES_ID, 'component');
  if (entity || owner) {
    return {
      entities: entity?.refs ?? [],
      owners: owner?.refs ?? [],
      explicit: true,
      evidence: [entity, owner].flatMap(mark => mark?.evidence ?? []),
    };
  }
  return (
    id && {
      entities: [],
      owners: [],
      byId: id.refs[0],
      explicit: false,
      evidence: [id.evidence],
    }
  );
}

/** What a text names, and what of it cannot count; empty: nothing. */
function refsIn(
  text: string,
  defaultKind: string,
): { refs: string[]; trouble: string } {
  if (text.length > MOST_CHARACTERS) {
    return {
      refs: [],
      trouble: `its ${text.length} characters are more than the ${MOST_CHARACTERS} that are read, so that it names nobody`,
    };
  }
  const parts = text.split(',');
  if (parts.length > MOST_REFERENCES) {
    return {
      refs: [],
      trouble: `its ${parts.length} references are more than the ${MOST_REFERENCES} that count, so that it names nobody`,
    };
  }
  const refs = parts.flatMap(part => {
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
      // Names nobody, which the trouble tells; that the object is marked still counts.
      return [];
    }
  });
  const unreadable = parts.length - refs.length;
  return {
    refs,
    trouble:
      unreadable > 0
        ? `${unreadable} of its ${parts.length} references cannot be read`
        : '',
  };
}
