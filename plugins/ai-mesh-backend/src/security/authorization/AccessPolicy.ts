import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { Field } from '../../routes/Field';
import { Places, type Unreadable } from './Places';

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
  /** Something in it is not what Istio's schema allows, or not known here: whether it matches is not known. */
  readonly unreadable?: Unreadable;
}

/** An AuthorizationPolicy as it was read. */
export interface AccessPolicy {
  readonly object: ConfigObject;
  /** Undefined: it is none that Istio knows. */
  readonly action: Action | undefined;
  readonly selector: Readonly<Record<string, string>>;
  readonly targets: readonly PolicyTarget[];
  /** Whether it has targets at all, readable or not. */
  readonly targeted: boolean;
  readonly rules: readonly AccessRule[];
  readonly dryRun: boolean;
  /** As {@link AccessRule.unreadable}, besides its rules: what it does, and to whom, is not known. */
  readonly broken?: Unreadable;
  readonly unreadable: readonly Unreadable[];
}

/** What a policy's `targetRefs` points at. */
export interface PolicyTarget {
  readonly path: string;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Empty: the policy's own. */
  readonly namespace: string;
}

export const sourceFields = [
  'principals',
  'requestPrincipals',
  'namespaces',
  'serviceAccounts',
  'ipBlocks',
  'remoteIpBlocks',
  'trustDomains',
] as const;
export const operationFields = ['hosts', 'ports', 'methods', 'paths'] as const;

/** The attributes of Istio's `pilot/pkg/security/authz/model/model.go`. */
const conditionKeys = [
  /^source\.(ip|namespace|serviceAccount|principal)$/,
  /^destination\.(ip|port)$/,
  /^remote\.ip$/,
  /^connection\.sni$/,
  /^request\.headers\[.+\]$/,
  /^request\.auth\.(principal|audiences|presenter)$/,
  /^request\.auth\.claims\[.+\]$/,
  /^experimental\.envoy\.filters\./,
];
const specFields = [
  'selector',
  'targetRef',
  'targetRefs',
  'rules',
  'action',
  'provider',
];
const targetRefFields = ['group', 'kind', 'name', 'namespace'];

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
  const broken = new Places();
  const inRules = new Places();
  const spec = new Field(object.spec, 'spec', broken.report);
  broken.unknownFields(spec, specFields);
  broken.unknownFields(spec.at('selector'), ['matchLabels']);
  const written = spec.at('action').text() ?? 'ALLOW';
  const action = actions.find(known => known === written);
  if (!action) {
    broken.report(
      'spec.action',
      wording('expected.oneOf', { values: actions.join(', ') }),
    );
  }
  const targets = targetFields(spec);
  targets.forEach(target => broken.unknownFields(target, targetRefFields));
  const policy = {
    object,
    action,
    selector: spec.at('selector').at('matchLabels').textMap(),
    targets: targets.map(target => ({
      path: target.path,
      group: target.at('group').text() ?? '',
      kind: target.at('kind').text() ?? '',
      name: target.at('name').text() ?? '',
      namespace: target.at('namespace').text() ?? '',
    })),
    targeted: targets.length > 0,
    rules: spec
      .at('rules')
      .list()
      .map(rule => parseRule(rule, inRules)),
    dryRun: isTrue(object.metadata.annotations?.['istio.io/dry-run']),
  };
  return {
    ...policy,
    ...(broken.first && { broken: broken.first }),
    unreadable: [...broken.all, ...inRules.all],
  };
}

/** The single `targetRef` counts only without `targetRefs`, of which an empty list is none. */
function targetFields(spec: Field): Field[] {
  const several = spec.at('targetRefs').list();
  const single = spec.at('targetRef');
  return several.length === 0 && single.present ? [single] : several;
}

/** As Go's `strconv.ParseBool` reads it; what that cannot read is false. */
function isTrue(text: string | undefined): boolean {
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text ?? '');
}

function parseRule({ value, path }: Field, places: Places): AccessRule {
  const own = new Places();
  // An empty entry of the list says nothing; Istio would not accept it.
  const rule = new Field(value ?? false, path, own.report);
  own.unknownFields(rule, ['from', 'to', 'when']);
  for (const field of ['from', 'to', 'when'].map(name => rule.at(name))) {
    if (Array.isArray(field.value) && field.value.length === 0) {
      own.report(field.path, wording('expected.filledList'));
    }
  }
  const entries = (name: string, wrapper: string, fields: readonly string[]) =>
    rule
      .at(name)
      .list()
      .map(entry => {
        own.unknownFields(entry, [wrapper]);
        return fieldSet(entry.at(wrapper), fields, own);
      });
  const parsedRule = {
    path,
    from: entries('from', 'source', sourceFields),
    to: entries('to', 'operation', operationFields),
    when: rule
      .at('when')
      .list()
      .map(condition => parseCondition(condition, own)),
  };
  own.all.forEach(place => places.add(place));
  return { ...parsedRule, ...(own.first && { unreadable: own.first }) };
}

function parseCondition(
  condition: Field,
  places: Places,
): Wanted & { readonly key: string } {
  places.unknownFields(condition, ['key', 'values', 'notValues']);
  const key = condition.at('key').text();
  if (key === undefined) {
    places.report(`${condition.path}.key`, wording('expected.text'));
  } else if (!conditionKeys.some(known => known.test(key))) {
    places.add({ path: `${condition.path}.key`, condition: key });
  }
  const values = condition.at('values').texts();
  const notValues = condition.at('notValues').texts();
  if (values.length + notValues.length === 0) {
    places.report(`${condition.path}.values`, wording('expected.filledValues'));
  }
  return { key: key ?? '', values, notValues, path: condition.path };
}

/** An entry that says nothing is not "anybody": Istio would not accept it, and what it would make of it is not known. */
function fieldSet(
  field: Field,
  names: readonly string[],
  places: Places,
): FieldSet {
  const fields = new Map<string, Wanted>();
  places.unknownFields(
    field,
    names.flatMap(name => [name, notName(name)]),
  );
  for (const name of names) {
    const values = field.at(name).texts();
    const notValues = field.at(notName(name)).texts();
    if (name === 'ports' && [...values, ...notValues].some(isNoNumber)) {
      places.report(`${field.path}.${name}`, wording('expected.portList'));
    }
    if (values.length > 0 || notValues.length > 0) {
      fields.set(name, {
        values,
        notValues,
        path: `${field.path}.${values.length > 0 ? name : notName(name)}`,
      });
    }
  }
  if (fields.size === 0 && field.entries().length === 0) {
    places.report(field.path, wording('expected.filledObject'));
  }
  return fields;
}

function notName(name: string): string {
  return `not${name[0].toUpperCase()}${name.slice(1)}`;
}

function isNoNumber(port: string): boolean {
  return !/^\d+$/.test(port);
}
