import { parse } from 'yaml';
import type { ConfigMapObject } from './kinds';
import type { MeshSnapshot } from './MeshSnapshot';

/** What is configured for the mesh as a whole, as far as this code asks; Istio's own defaults are filled in. */
export interface MeshConfig {
  readonly trustDomain: string;
  readonly trustDomainAliases: readonly string[];
  /** `exportTo` of an object that says nothing about it. */
  readonly defaultExportTo: Readonly<
    Record<'Service' | 'VirtualService' | 'DestinationRule', readonly string[]>
  >;
}

const REVISION = 'istio.io/rev';
const EVERYONE = ['*'];

/**
 * The configuration of the control plane that a namespace belongs to: the ConfigMap `istio`, or `istio-<revision>`,
 * of the root namespace. Undefined where it cannot be read, or where several differ and nothing tells which counts.
 */
export function meshConfig(
  snapshot: MeshSnapshot,
  namespace: string,
): MeshConfig | undefined {
  const found = snapshot
    .inNamespace('ConfigMap', snapshot.rootNamespace)
    .flatMap(object => {
      // One that cannot be read is a revision's all the same.
      return object.data?.mesh === undefined
        ? []
        : [{ name: object.metadata.name, config: configOf(object) }];
    });
  const revision = snapshot.get('Namespace', '', namespace)?.metadata.labels?.[
    REVISION
  ];
  const named =
    revision === undefined || revision === 'default'
      ? 'istio'
      : `istio-${revision}`;
  const [first, ...others] = found;
  const agreed = others.every(
    ({ config }) => JSON.stringify(config) === JSON.stringify(first.config),
  );
  return agreed
    ? first?.config
    : found.find(({ name }) => name === named)?.config;
}

const read = new WeakMap<ConfigMapObject, { config: MeshConfig | undefined }>();

function configOf(object: ConfigMapObject): MeshConfig | undefined {
  let entry = read.get(object);
  if (!entry) {
    entry = { config: parseConfig(object.data?.mesh) };
    read.set(object, entry);
  }
  return entry.config;
}

/** Undefined for what no control plane would start with. */
function parseConfig(mesh: string | undefined): MeshConfig | undefined {
  if (mesh === undefined) {
    return undefined;
  }
  let parsed: unknown;
  try {
    parsed = parse(mesh, { maxAliasCount: 100 });
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || Array.isArray(parsed)) {
    return undefined;
  }
  const config = (parsed ?? {}) as Record<string, unknown>;
  return {
    trustDomain: text(config.trustDomain) ?? 'cluster.local',
    trustDomainAliases: texts(config.trustDomainAliases) ?? [],
    defaultExportTo: {
      Service: texts(config.defaultServiceExportTo) ?? EVERYONE,
      VirtualService: texts(config.defaultVirtualServiceExportTo) ?? EVERYONE,
      DestinationRule: texts(config.defaultDestinationRuleExportTo) ?? EVERYONE,
    },
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: unknown): string[] | undefined {
  return Array.isArray(value)
    ? value.filter(entry => typeof entry === 'string')
    : undefined;
}
