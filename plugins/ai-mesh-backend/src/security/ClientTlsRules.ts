import {
  wording,
  type ClientMode,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import { Field } from '../routes/Field';

/** A `tls` block of a DestinationRule. */
export interface TlsSetting {
  readonly object: ConfigObject;
  readonly path: string;
  readonly mode: Exclude<ClientMode, 'AUTO' | 'PLAINTEXT'>;
}

interface TrafficPolicyTls {
  readonly own: TlsSetting | undefined;
  /** By the Service's port. A port with settings inherits nothing: undefined is its own "no setting". */
  readonly ports: ReadonlyMap<number, TlsSetting | undefined>;
}

/** What a DestinationRule says of its callers' TLS, as it was read. */
export interface ClientTlsRules {
  readonly object: ConfigObject;
  readonly host: string | undefined;
  readonly exportTo: readonly string[];
  /** Callers that it is for; empty: every one that sees it. */
  readonly workloadSelector: Readonly<Record<string, string>>;
  readonly policy: TrafficPolicyTls | undefined;
  readonly subsets: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly policy: TrafficPolicyTls | undefined;
  }[];
  readonly unreadable: readonly { path: string; expected: Words }[];
}

const read = new WeakMap<ConfigObject, ClientTlsRules>();

/** Reads a DestinationRule; what no schema would allow is kept as unreadable. */
export function clientTlsRules(object: ConfigObject): ClientTlsRules {
  let rules = read.get(object);
  if (!rules) {
    rules = parse(object);
    read.set(object, rules);
  }
  return rules;
}

function parse(object: ConfigObject): ClientTlsRules {
  const unreadable: { path: string; expected: Words }[] = [];
  const spec = new Field(object.spec, 'spec', (path, expected) =>
    unreadable.push({ path, expected }),
  );
  const policyOf = (field: Field): TrafficPolicyTls | undefined =>
    field.present ? trafficPolicyTls(object, field, unreadable) : undefined;
  return {
    object,
    host: spec.at('host').text(),
    exportTo: spec.at('exportTo').texts(),
    workloadSelector: spec.at('workloadSelector').at('matchLabels').textMap(),
    policy: policyOf(spec.at('trafficPolicy')),
    subsets: spec
      .at('subsets')
      .list()
      .flatMap(subset => {
        const name = subset.at('name').text();
        return name === undefined
          ? []
          : [
              {
                name,
                labels: subset.at('labels').textMap(),
                policy: policyOf(subset.at('trafficPolicy')),
              },
            ];
      }),
    unreadable,
  };
}

function trafficPolicyTls(
  object: ConfigObject,
  field: Field,
  unreadable: { path: string; expected: Words }[],
): TrafficPolicyTls {
  const ports = new Map<number, TlsSetting | undefined>();
  for (const settings of field.at('portLevelSettings').list()) {
    const port = settings.at('port').at('number').integer();
    // Istio takes the first entry of a port.
    if (port !== undefined && !ports.has(port)) {
      ports.set(port, tlsSetting(object, settings.at('tls'), unreadable));
    }
  }
  return { own: tlsSetting(object, field.at('tls'), unreadable), ports };
}

function tlsSetting(
  object: ConfigObject,
  tls: Field,
  unreadable: { path: string; expected: Words }[],
): TlsSetting | undefined {
  if (!tls.present) {
    return undefined;
  }
  const mode = tls.at('mode');
  if (!mode.present) {
    // An absent mode is the first of Istio's enumeration.
    return { object, path: tls.path, mode: 'DISABLE' };
  }
  switch (mode.value) {
    case 'DISABLE':
    case 'SIMPLE':
    case 'MUTUAL':
    case 'ISTIO_MUTUAL':
      return { object, path: mode.path, mode: mode.value };
    default:
      unreadable.push({
        path: mode.path,
        expected: wording('expected.oneOf', {
          values: 'DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL',
        }),
      });
      return { object, path: mode.path, mode: 'UNKNOWN' };
  }
}

/**
 * The setting for one of the Service's ports. A port with settings of its own inherits nothing; a subset without any
 * inherits the rule's.
 */
export function tlsForPort(
  ofSubset: TrafficPolicyTls | undefined,
  ofRule: TrafficPolicyTls | undefined,
  port: number,
): TlsSetting | undefined {
  if (ofSubset?.ports.has(port)) {
    return ofSubset.ports.get(port);
  }
  if (ofSubset?.own) {
    return ofSubset.own;
  }
  return ofRule?.ports.has(port) ? ofRule.ports.get(port) : ofRule?.own;
}
