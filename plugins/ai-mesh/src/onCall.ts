import type {
  AiMeshApi,
  AiMeshCanaryApi,
  AiMeshClient,
} from '@ai-mesh/plugin-ai-mesh-common';
import { loadedOnCall } from './loadedOnCall';

type Apis = ConstructorParameters<typeof AiMeshClient>[0];

/** All that the plugin shows, and what it asks the backend with: loaded when something of it is first shown. */
export const screens = () => import('./screens');

export const aiMeshClient = (apis: Apis): AiMeshApi =>
  loadedOnCall(async () => new (await screens()).AiMeshClient(apis));

export const aiMeshCanaryClient = (apis: Apis): AiMeshCanaryApi =>
  loadedOnCall(async () => new (await screens()).AiMeshCanaryClient(apis));
