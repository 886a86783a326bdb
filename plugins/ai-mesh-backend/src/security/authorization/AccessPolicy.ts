import type { ConfigObject } from '../../kubernetes/kinds';
import { Field, type ReportUnreadable } from '../../routes/Field';

export const actions = ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'] as const;
export type Action = (typeof actions)[number];

/** Values that may match and values that must not; both may be given. */
export interface Wanted {
  readonly values: readonly string[];
  readonly notValues: readonly string[];
  readonly path: string;
}

/** The fields of a `source` or an `operation`: AND, each only where it is given. */
export type FieldSet = ReadonlyMap<string, Wanted>;

export interface AccessRule {
  /** `spec.rules[0]` */
  readonly path: string;
  /** OR; none: any source. */
  readonly from: readonly FieldSet[];
  /** OR; none: any operation. */
  readonly to: readonly FieldSet[];
  /** AND. */
  readonly when: readonly (Wanted & { readonly key: string })[];
  /** Something in it is not what Istio's schema allows: whether it matches is not known. */
  readonly unreadable?: Unreadable;
}

/** An AuthorizationPolicy as it was read. */
export interface AccessPolicy {
  readonly object: ConfigObject;
  /** Undefined: it is none that Istio knows. */
  readonly action: Action | undefined;
  readonly selector: Readonly<Record<string, string>>;
  readonly targets: readonly {
    group: string;
    kind: string;
    name: string;
  }[];
  /** Whether it has targets at all, readable or not. */
  readonly targeted: boolean;
  readonly rules: readonly AccessRule[];
  readonly dryRun: boolean;
  /** Something besides its rules is not what Istio's schema allows: what it does, and to whom, is not known. */
  readonly broken?: Unreadable;
  readonly unreadable: readonly Unreadable[];
}

interface Unreadable {
  readonly path: string;
  readonly expected: string;
}

export const sourceFields = [
  'principals',
  'requestPrincipals',
  'namespaces',
  'serviceAccounts',
  'ipBlocks',
  'remoteIpBlocks',
] as const;
export const operationFields = ['hosts', 'ports', 'methods', 'paths'] as const;

const parsed = new WeakMap<ConfigObject, AccessPolicy>();

/** Reads an AuthorizationPolicy; what no schema would allow is kept as unreadable. */
export function accessPolicy(object: ConfigObject): AccessPolicy {
  let policy = parsed.get(object);
  if (!policy) {
    policy = parse(object);
    parsed.set(object, policy);
  }
  return policy;
}

function parse(object: ConfigObject): AccessPolicy {
  const broken: Unreadable[] = [];
  const inRules: Unreadable[] = [];
  const spec = new Field(object.spec, 'spec', (path, expected) =>
    broken.push({ path, expected }),
  );
  const written = spec.at('action').text() ?? 'ALLOW';
  const action = actions.find(known => known === written);
  if (!action) {
    broken.push({
      path: 'spec.action',
      expected: `one of ${actions.join(', ')}`,
    });
  }
  const targets = [
    ...(spec.at('targetRef').present ? [spec.at('targetRef')] : []),
    ...spec.at('targetRefs').list(),
  ];
  const policy = {
    object,
    action,
    selector: spec.at('selector').at('matchLabels').textMap(),
    targets: targets.map(target => ({
      group: target.at('group').text() ?? '',
      kind: target.at('kind').text() ?? '',
      name: target.at('name').text() ?? '',
    })),
    targeted: spec.at('targetRef').present || spec.at('targetRefs').present,
    rules: spec
      .at('rules')
      .list()
      .map(rule => parseRule(rule, inRules)),
    dryRun: object.metadata.annotations?.['istio.io/dry-run'] === 'true',
  };
  return {
    ...policy,
    ...(broken.length > 0 && { broken: broken[0] }),
    unreadable: [...broken, ...inRules],
  };
}

function parseRule(
  { value, path }: Field,
  unreadable: Unreadable[],
): AccessRule {
  let first: AccessRule['unreadable'];
  const report = (at: string, expected: string) => {
    first ??= { path: at, expected };
    unreadable.push({ path: at, expected });
  };
  // An empty entry of the list says nothing; Istio would not accept it.
  const rule = new Field(value ?? false, path, report);
  for (const field of ['from', 'to', 'when'].map(name => rule.at(name))) {
    if (Array.isArray(field.value) && field.value.length === 0) {
      report(field.path, 'a list with at least one entry');
    }
  }
  const from = rule
    .at('from')
    .list()
    .map(entry => fieldSet(entry.at('source'), sourceFields, report));
  const to = rule
    .at('to')
    .list()
    .map(entry => fieldSet(entry.at('operation'), operationFields, report));
  const when = rule
    .at('when')
    .list()
    .map(condition => {
      const key = condition.at('key').text();
      if (key === undefined) {
        report(`${condition.path}.key`, 'text');
      }
      const values = condition.at('values').texts();
      const notValues = condition.at('notValues').texts();
      if (values.length + notValues.length === 0) {
        report(`${condition.path}.values`, 'a list with at least one value');
      }
      return { key: key ?? '', values, notValues, path: condition.path };
    });
  return { path, from, to, when, ...(first && { unreadable: first }) };
}

/** An entry that says nothing is not "anybody": Istio would not accept it, and what it would make of it is not known. */
function fieldSet(
  field: Field,
  names: readonly string[],
  report: ReportUnreadable,
): FieldSet {
  const fields = new Map<string, Wanted>();
  for (const name of names) {
    const notName = `not${name[0].toUpperCase()}${name.slice(1)}`;
    const values = field.at(name).texts();
    const notValues = field.at(notName).texts();
    if (name === 'ports' && [...values, ...notValues].some(isNoNumber)) {
      report(`${field.path}.${name}`, 'a list of port numbers');
    }
    if (values.length > 0 || notValues.length > 0) {
      fields.set(name, {
        values,
        notValues,
        path: `${field.path}.${values.length > 0 ? name : notName}`,
      });
    }
  }
  if (fields.size === 0) {
    report(field.path, 'an object with at least one field');
  }
  return fields;
}

function isNoNumber(port: string): boolean {
  return !/^\d+$/.test(port);
}
