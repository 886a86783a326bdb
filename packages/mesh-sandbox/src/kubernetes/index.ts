export {
  createKubernetesApi,
  type KubernetesApi,
  type KubernetesApiOptions,
} from './createKubernetesApi';
export {
  Access,
  defaultTokens,
  type AccessOptions,
  type Denial,
  type Role,
  type Tokens,
} from './access/Access';
export { kubeconfig, type NamedServer } from './kubeconfig';
export { startControllers } from './controllers/startControllers';
export { unreadyAnnotation } from './controllers/objects';
export { SchemaValidator } from './validation/SchemaValidator';
