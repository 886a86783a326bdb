/** A module of generated models: classes by kind, each with a `validate()` that throws what is wrong. */
export type SchemaModule = Record<string, unknown>;

/** Loads the models of a group and version, such as `networking.istio.io/v1`. */
export type LoadSchemas = () => Promise<SchemaModule>;

/**
 * The generated schemas of Istio's and the Gateway API's kinds, by API version.
 *
 * These packages export nothing but ES modules, so they are imported at run time, once they are needed.
 */
export const schemaModels: Readonly<Record<string, LoadSchemas>> = {
  'networking.istio.io/v1': () =>
    import('@kubernetes-models/istio/networking.istio.io/v1'),
  'networking.istio.io/v1beta1': () =>
    import('@kubernetes-models/istio/networking.istio.io/v1beta1'),
  'networking.istio.io/v1alpha3': () =>
    import('@kubernetes-models/istio/networking.istio.io/v1alpha3'),
  'security.istio.io/v1': () =>
    import('@kubernetes-models/istio/security.istio.io/v1'),
  'security.istio.io/v1beta1': () =>
    import('@kubernetes-models/istio/security.istio.io/v1beta1'),
  'telemetry.istio.io/v1': () =>
    import('@kubernetes-models/istio/telemetry.istio.io/v1'),
  'telemetry.istio.io/v1alpha1': () =>
    import('@kubernetes-models/istio/telemetry.istio.io/v1alpha1'),
  'gateway.networking.k8s.io/v1': () =>
    import('@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1'),
  'gateway.networking.k8s.io/v1beta1': () =>
    import('@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1beta1'),
};
