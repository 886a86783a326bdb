import { ManagedFieldsEntry } from '../../store/KubeObject';
import { fromFieldsV1, toFieldsV1 } from './FieldSet';

/** Who writes, how, and through which version and subresource; together they name an entry. */
export type Manager = Pick<
  ManagedFieldsEntry,
  'manager' | 'operation' | 'apiVersion' | 'subresource'
>;

interface Owner {
  manager: Manager;
  time?: string;
  fields: Set<string>;
}

/** The owners of an object's fields, while they are being changed. */
export class ManagedFields {
  private readonly owners: Owner[];

  constructor(entries: readonly ManagedFieldsEntry[] = []) {
    this.owners = entries.map(({ fieldsType, fieldsV1, time, ...manager }) => ({
      manager,
      time,
      fields: fromFieldsV1(fieldsV1),
    }));
  }

  get isEmpty(): boolean {
    return this.owners.length === 0;
  }

  fieldsOf(manager: Manager): ReadonlySet<string> {
    return this.find(manager)?.fields ?? new Set();
  }

  /** The managers other than the given one that own a field. */
  othersOwning(field: string, manager: Manager): Manager[] {
    return this.owners
      .filter(
        owner => !isSame(owner.manager, manager) && owner.fields.has(field),
      )
      .map(owner => owner.manager);
  }

  /** What others than a manager own. */
  ownedByOthers(manager: Manager): Set<string> {
    const owned = new Set<string>();
    for (const owner of this.owners) {
      if (!isSame(owner.manager, manager)) {
        owner.fields.forEach(field => owned.add(field));
      }
    }
    return owned;
  }

  /** Makes fields a manager's own, beside those that it has. */
  add(manager: Manager, fields: Iterable<string>, time: string): void {
    const before = this.fieldsOf(manager);
    this.set(manager, new Set([...before, ...fields]), time);
  }

  /** Makes fields all that a manager owns. */
  set(manager: Manager, fields: Set<string>, time: string): void {
    const owner = this.find(manager);
    if (!owner) {
      this.owners.push({ manager, time, fields });
    } else if (!isSameSet(owner.fields, fields)) {
      owner.fields = fields;
      owner.time = time;
    }
  }

  /** Takes fields from every manager, or from every one but one. */
  disown(fields: ReadonlySet<string>, except?: Manager): void {
    for (const owner of this.owners) {
      if (!except || !isSame(owner.manager, except)) {
        fields.forEach(field => owner.fields.delete(field));
      }
    }
  }

  /** As they are stored; managers that own nothing any more are left out. */
  toEntries(): ManagedFieldsEntry[] {
    return this.owners
      .filter(({ fields }) => fields.size > 0)
      .map(({ manager, time, fields }) => ({
        ...manager,
        ...(time && { time }),
        fieldsType: 'FieldsV1',
        fieldsV1: toFieldsV1(fields),
      }));
  }

  private find(manager: Manager): Owner | undefined {
    return this.owners.find(owner => isSame(owner.manager, manager));
  }
}

function isSame(a: Manager, b: Manager): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    (a.subresource ?? '') === (b.subresource ?? '') &&
    // An applier stays the same when it moves to another version of a kind.
    (a.operation === 'Apply' || a.apiVersion === b.apiVersion)
  );
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every(each => b.has(each));
}
