import { discoveryOf, StubApi } from './__testUtils__/StubApi';
import { discoverKinds } from './discoverKinds';
import { KubernetesError } from './KubernetesApi';
import { verbatim } from '../worded';

const { signal } = new AbortController();
const networking = ['virtualservices', 'destinationrules', 'gateways'];

describe('discoverKinds', () => {
  it.each([
    [['v1', 'v1beta1', 'v1alpha3'], 'v1'],
    [['v1alpha3', 'v1beta1'], 'v1beta1'],
    [['v1alpha3'], 'v1alpha3'],
  ])('takes of %j %s', async (versions, expected) => {
    const api = new StubApi(
      discoveryOf(
        Object.fromEntries(
          versions.map(version => [
            `networking.istio.io/${version}`,
            networking,
          ]),
        ),
      ),
    );
    const found = await discoverKinds(api, signal);
    expect(found.get('VirtualService')).toEqual({
      status: 'served',
      apiVersion: `networking.istio.io/${expected}`,
      path: `/apis/networking.istio.io/${expected}/virtualservices`,
    });
    expect(found.get('HTTPRoute')).toEqual({ status: 'not-served' });
  });

  it('takes each kind from the newest version that has it', async () => {
    const api = new StubApi(
      discoveryOf({
        v1: ['pods', 'pods/log', 'services'],
        'gateway.networking.k8s.io/v1': ['gateways', 'httproutes'],
        'gateway.networking.k8s.io/v1alpha2': ['grpcroutes', 'httproutes'],
        'networking.istio.io/v1': ['gateways'],
      }),
    );
    const found = await discoverKinds(api, signal);
    expect(found.get('HTTPRoute')).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
    });
    expect(found.get('GRPCRoute')).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1alpha2',
    });
    expect(found.get('Gateway')).toMatchObject({
      path: '/apis/networking.istio.io/v1/gateways',
    });
    expect(found.get('KubernetesGateway')).toMatchObject({
      path: '/apis/gateway.networking.k8s.io/v1/gateways',
    });
    expect(found.get('Pod')).toMatchObject({ path: '/api/v1/pods' });
    expect(found.get('Namespace')).toEqual({ status: 'not-served' });
  });

  it('asks for each version once', async () => {
    const api = new StubApi(
      discoveryOf({ 'networking.istio.io/v1': networking }),
    );
    await discoverKinds(api, signal);
    const paths = api.requests.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('loses only the group that fails', async () => {
    const error = new KubernetesError('unreachable', verbatim('broken'), 500);
    const api = new StubApi({
      ...discoveryOf({
        'networking.istio.io/v1': networking,
        'security.istio.io/v1': ['peerauthentications'],
      }),
      '/apis/security.istio.io/v1': error,
    });
    const found = await discoverKinds(api, signal);
    expect(found.get('PeerAuthentication')).toEqual({
      status: 'failed',
      error,
    });
    expect(found.get('VirtualService')).toMatchObject({ status: 'served' });
  });

  it.each([['<html>'], [{ kind: 'Status' }], [null]])(
    'does not take %j for a cluster',
    async answer => {
      await expect(
        discoverKinds(new StubApi({ '/apis': answer }), signal),
      ).rejects.toThrow('does not answer like a Kubernetes API server');
    },
  );
});
