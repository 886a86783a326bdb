/** The lists of Istio's and the Gateway API's kinds that count as the mesh's configuration. */
const ISTIO = [
  ...[
    'virtualservices',
    'destinationrules',
    'gateways',
    'serviceentries',
    'sidecars',
  ].map(resource => `/apis/networking.istio.io/v1/${resource}`),
  ...[
    'peerauthentications',
    'requestauthentications',
    'authorizationpolicies',
  ].map(resource => `/apis/security.istio.io/v1/${resource}`),
  '/apis/telemetry.istio.io/v1/telemetries',
];
const OTHERS = [
  '/api/v1/services',
  '/apis/apps/v1/deployments',
  '/apis/discovery.k8s.io/v1/endpointslices',
];

/** How many pods and objects of Istio's a cluster has, and how many megabytes its lists of them, and of what belongs to them, weigh. */
export async function objectsOf({ url, serviceAccountToken }) {
  const list = async path => {
    const answer = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${serviceAccountToken}` },
    });
    if (!answer.ok) {
      throw new Error(`${path}: HTTP ${answer.status}`);
    }
    const text = await answer.text();
    return { count: JSON.parse(text).items.length, bytes: text.length };
  };
  const all = paths => Promise.all(paths.map(list));
  const [pods] = await all(['/api/v1/pods']);
  const istio = await all(ISTIO);
  const others = await all(OTHERS);
  const sum = (lists, key) => lists.reduce((total, one) => total + one[key], 0);
  return {
    pods: pods.count,
    istio: sum(istio, 'count'),
    megabytes: sum([pods, ...istio, ...others], 'bytes') / 2 ** 20,
  };
}
