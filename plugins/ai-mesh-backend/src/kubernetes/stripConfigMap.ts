import type { ConfigMapObject } from './kinds';
import { stripMeta, type Named } from './stripMeta';

/** Characters; Istio's own has some hundred. */
const LONGEST_MESH_CONFIG = 100_000;
/** Characters; Istio's own has some ten thousand. */
export const LONGEST_VALUES = 500_000;

/** Of a control plane's ConfigMaps the mesh's configuration, and one word of the injector's; nothing else is for a portal. */
export function stripConfigMap(raw: Named): ConfigMapObject {
  const { mesh, values } = (raw.data ?? {}) as {
    mesh?: unknown;
    values?: unknown;
  };
  const { name } = raw.metadata;
  const object = stripMeta(raw);
  if (/^istio-sidecar-injector(-|$)/.test(name)) {
    return { ...object, data: { injectsByDefault: injectsByDefault(values) } };
  }
  return {
    ...object,
    ...(typeof mesh === 'string' &&
      /^istio(-|$)/.test(name) && {
        data: {
          // A text is no configuration: what would depend on it is unknown, and not Istio's default.
          mesh: mesh.length <= LONGEST_MESH_CONFIG ? mesh : '"too long"',
        },
      }),
  };
}

function injectsByDefault(values: unknown): boolean | 'too long' {
  if (typeof values !== 'string') {
    return false;
  }
  if (values.length > LONGEST_VALUES) {
    return 'too long';
  }
  try {
    const { sidecarInjectorWebhook: webhook } = JSON.parse(values) as {
      sidecarInjectorWebhook?: { enableNamespacesByDefault?: unknown };
    };
    return webhook?.enableNamespacesByDefault === true;
  } catch {
    // An injector whose values are no JSON injects nothing.
    return false;
  }
}
