import { cloneJson } from '../../store/cloneJson';
import { equalJson } from '../../store/equalJson';
import { KubeObject } from '../../store/KubeObject';
import { ResourceKind } from '../../store/ResourceKind';
import { applyConflict } from '../status/refusals';
import { displayPath, Leaves, leavesOf } from './FieldSet';
import { ManagedFields, Manager } from './ManagedFields';
import { mergeConfiguration } from './mergeConfiguration';
import { removeField } from './removeField';

export interface Apply {
  kind: ResourceKind;
  /** Absent where the object is to be created. */
  live?: KubeObject;
  /** The fields that the manager wants, and wants to own. */
  configuration: KubeObject;
  manager: Manager;
  /** Takes fields from their owners instead of refusing. */
  force: boolean;
  /** RFC 3339. */
  time: string;
}

/**
 * Server-side apply: what the manager sets is set and owned, what it no longer sets is removed unless another
 * manager owns it.
 *
 * @returns the object as it is to be stored, with its `managedFields`
 * @throws ApiError 409 where it would change a field that another manager owns
 */
export function serverSideApply(apply: Apply): KubeObject {
  const { kind, live, configuration, manager, force, time } = apply;
  const part = manager.subresource === 'status' ? 'status' : 'object';
  const wanted = leavesOf(configuration, kind, part);
  const present = live ? leavesOf(live, kind, part) : new Map();
  const managed = new ManagedFields(live?.metadata.managedFields);
  if (live && managed.isEmpty) {
    managed.set(beforeFirstApply(live), new Set(present.keys()), time);
  }
  const contested = contestedFields(wanted, present, managed, manager);
  if (contested.size > 0 && !force) {
    throw applyConflict(
      [...contested].flatMap(field =>
        managed.othersOwning(field, manager).map(owner => ({
          field: displayPath(field),
          manager: displayManager(owner),
        })),
      ),
    );
  }
  managed.disown(contested, manager);
  const before = managed.fieldsOf(manager);
  const kept = managed.ownedByOthers(manager);
  const given = [...before].filter(
    field => !wanted.has(field) && !kept.has(field),
  );
  const merged = mergeConfiguration(kind, live ?? configuration, configuration);
  const next = cloneJson(merged) as KubeObject;
  given.forEach(field => removeField(next, field, kept));
  managed.set(manager, new Set(wanted.keys()), time);
  next.metadata.managedFields = managed.toEntries();
  return next;
}

function contestedFields(
  wanted: Leaves,
  present: Leaves,
  managed: ManagedFields,
  manager: Manager,
): Set<string> {
  const contested = new Set<string>();
  for (const [field, value] of wanted) {
    if (
      !equalJson(present.get(field), value) &&
      managed.othersOwning(field, manager).length > 0
    ) {
      contested.add(field);
    }
  }
  return contested;
}

/** API servers give what was there before the first apply to this manager. */
function beforeFirstApply({ apiVersion }: KubeObject): Manager {
  return { manager: 'before-first-apply', operation: 'Update', apiVersion };
}

function displayManager({ manager, operation, apiVersion }: Manager): string {
  return operation === 'Update'
    ? `"${manager}" using ${apiVersion}`
    : `"${manager}"`;
}
