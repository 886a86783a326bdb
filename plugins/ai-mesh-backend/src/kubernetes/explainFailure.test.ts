import {
  chinese,
  inEnglish,
  inLanguage,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import { networkWords } from '../target/explainNetworkError';
import { wordingWith } from '../worded';
import { explainFailure } from './explainFailure';
import { explainStatus } from './explainStatus';
import { kindTable } from './kindTable';
import { KubernetesError, toKubernetesError } from './KubernetesApi';

const services = kindTable.find(({ kind }) => kind === 'Service')!;
const closed = Object.assign(new Error('socket'), { code: 'UND_ERR_SOCKET' });

describe('why a cluster tells nothing, in both languages', () => {
  it.each([
    [
      new KubernetesError(
        'unreachable',
        wordingWith('kube.unusableAt', {
          server: 'https://shop:6443',
          why: networkWords(closed, []),
        }),
      ),
      "The cluster 'shop' does not answer: the API server at https://shop:6443 cannot be used: it closed the connection (UND_ERR_SOCKET). Check kubernetes of this cluster under aiMesh.clusters, and the network to it.",
      '集群“shop”没有响应：位于 https://shop:6443 的 API 服务器无法使用：它关闭了连接（UND_ERR_SOCKET）。请检查 aiMesh.clusters 下此集群的 kubernetes，以及通往它的网络。',
    ],
    [
      new KubernetesError(
        'unreachable',
        wordingWith('kube.unusable', {
          why: wording('kube.noPodOfPlugin', { name: 'shop' }),
        }),
      ),
      "The cluster 'shop' does not answer: the API server cannot be used: the Kubernetes plugin's cluster 'shop' has no serviceAccountToken, which means the account of the portal's own pod, and the portal does not run in a pod (KUBERNETES_SERVICE_HOST is not set); set serviceAccountToken there (kubernetes.clusterLocatorMethods), or kubernetes.url or kubernetes.kubeconfig here in place of fromKubernetesPlugin. Check kubernetes of this cluster under aiMesh.clusters, and the network to it.",
      '集群“shop”没有响应：其 API 服务器无法使用：Kubernetes 插件的集群“shop”没有 serviceAccountToken，即表示使用门户自己的 pod 的账号，而门户不在 pod 中运行（没有设置 KUBERNETES_SERVICE_HOST）；请在那里（kubernetes.clusterLocatorMethods）设置 serviceAccountToken，或在此处用 kubernetes.url 或 kubernetes.kubeconfig 代替 fromKubernetesPlugin。请检查 aiMesh.clusters 下此集群的 kubernetes，以及通往它的网络。',
    ],
    [
      explainStatus(401, '{"message":"Unauthorized"}', false),
      "The cluster 'shop' does not let the portal in: the API server answered 401: Unauthorized; no credentials are configured for it (serviceAccountToken). Check kubernetes of this cluster under aiMesh.clusters.",
      '集群“shop”不允许门户访问：API 服务器返回了 401：「Unauthorized」；没有为它配置凭据（serviceAccountToken）。请检查 aiMesh.clusters 下此集群的 kubernetes。',
    ],
    [
      explainStatus(503, '<html></html>', true),
      "The cluster 'shop' fails to list services: the API server answered 503: a web page; something else than an API server listens there.",
      '集群“shop”未能列出 services：API 服务器返回了 503：是一个网页，那里运行的不是 API 服务器。',
    ],
    [
      explainStatus(403, '', true),
      "The portal may not list services on the cluster 'shop'. Give its account a ClusterRole with the verbs list and watch on the resource 'services' of the API group '' (the API server answered 403).",
      '门户无权列出集群“shop”上的 services。请给它的账号一个 ClusterRole，允许对 API 组“”的资源“services”执行 list 和 watch（API 服务器返回了 403）。',
    ],
    [
      toKubernetesError(new SyntaxError('Unexpected end')),
      "The cluster 'shop' does not answer: its answer could not be read (SyntaxError: Unexpected end). Check kubernetes of this cluster under aiMesh.clusters, and the network to it.",
      '集群“shop”没有响应：无法读取其响应（「SyntaxError: Unexpected end」）。请检查 aiMesh.clusters 下此集群的 kubernetes，以及通往它的网络。',
    ],
  ])('%s', (error, english, other) => {
    const words = explainFailure('shop', services, error);
    expect(inEnglish(words)).toBe(english);
    expect(inLanguage(words, chinese)).toBe(other);
  });
});
