/** The labels that Istio takes an application's name from, in its order. */
export const appLabels = [
  'service.istio.io/canonical-name',
  'app.kubernetes.io/name',
  'app',
] as const;
