import { KubeObject, ManagedFieldsEntry } from '../../store/KubeObject';
import { equalJson } from '../../store/equalJson';
import { ResourceKind } from '../../store/ResourceKind';
import { leavesOf } from './FieldSet';
import { ManagedFields, Manager } from './ManagedFields';

export interface UpdateToTrack {
  kind: ResourceKind;
  /** Absent for a creation. */
  previous?: KubeObject;
  next: KubeObject;
  /** As the write sends them, where it does: ownership may be given up by hand. */
  owners?: readonly ManagedFieldsEntry[];
  manager: Manager;
  /** RFC 3339. */
  time: string;
}

/**
 * The owners of an object's fields after a write that is not an apply: whoever changes a field owns it alone.
 * An object that nobody's fields are known of (it came into the store from inside) stays so until its first apply,
 * as API servers have it.
 */
export function trackUpdate({
  kind,
  previous,
  next,
  owners,
  manager,
  time,
}: UpdateToTrack): ManagedFieldsEntry[] | undefined {
  const entries = owners ?? previous?.metadata.managedFields;
  if (previous && !entries?.length) {
    return undefined;
  }
  const part = manager.subresource === 'status' ? 'status' : 'object';
  const before = previous ? leavesOf(previous, kind, part) : new Map();
  const after = leavesOf(next, kind, part);
  const changed = new Set<string>();
  for (const [field, value] of after) {
    if (!before.has(field) || !equalJson(before.get(field), value)) {
      changed.add(field);
    }
  }
  const gone = new Set([...before.keys()].filter(field => !after.has(field)));
  const managed = new ManagedFields(entries);
  managed.disown(gone);
  managed.disown(changed, manager);
  if (changed.size > 0) {
    managed.add(manager, changed, time);
  }
  return managed.toEntries();
}
