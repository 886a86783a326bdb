import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import { Field } from '../routes/Field';

export type PeerMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** A mode as written: `inherit` where it is absent or UNSET, `unreadable` where it is nothing that Istio knows. */
export type WrittenMode = PeerMode | 'inherit' | 'unreadable';

/** A PeerAuthentication as it was read. */
export interface PeerPolicy {
  readonly object: ConfigObject;
  readonly selector: Readonly<Record<string, string>>;
  readonly mode: WrittenMode;
  /** By workload port. */
  readonly ports: ReadonlyMap<number, WrittenMode>;
  readonly unreadable: readonly { path: string; expected: Words }[];
}

const read = new WeakMap<ConfigObject, PeerPolicy>();

/** Reads a PeerAuthentication; what no schema would allow is kept as unreadable. */
export function peerPolicy(object: ConfigObject): PeerPolicy {
  let policy = read.get(object);
  if (!policy) {
    policy = parse(object);
    read.set(object, policy);
  }
  return policy;
}

function parse(object: ConfigObject): PeerPolicy {
  const unreadable: { path: string; expected: Words }[] = [];
  const spec = new Field(object.spec, 'spec', (path, expected) =>
    unreadable.push({ path, expected }),
  );
  const selector = spec.at('selector').at('matchLabels').textMap();
  // Whom it is for is not known then, and what it would do to them neither.
  const forWhom = unreadable.length === 0;
  const ports = new Map<number, WrittenMode>();
  for (const [port, field] of spec.at('portLevelMtls').entries()) {
    if (/^\d+$/.test(port)) {
      ports.set(Number(port), modeOf(field.at('mode'), unreadable));
    } else {
      unreadable.push({
        path: field.path,
        expected: wording('expected.portNumber'),
      });
    }
  }
  const mode = modeOf(spec.at('mtls').at('mode'), unreadable);
  return {
    object,
    selector,
    mode: forWhom ? mode : 'unreadable',
    ports,
    unreadable,
  };
}

function modeOf(
  field: Field,
  unreadable: { path: string; expected: Words }[],
): WrittenMode {
  if (!field.present) {
    return 'inherit';
  }
  switch (field.value) {
    case 'STRICT':
    case 'PERMISSIVE':
    case 'DISABLE':
      return field.value;
    case 'UNSET':
      return 'inherit';
    default:
      unreadable.push({
        path: field.path,
        expected: wording('expected.oneOf', {
          values: 'STRICT, PERMISSIVE, DISABLE, UNSET',
        }),
      });
      return 'unreadable';
  }
}
