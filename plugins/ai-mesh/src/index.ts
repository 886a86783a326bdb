/**
 * AI Mesh's frontend, for apps of the legacy frontend system; the new one takes `./alpha`.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './hasAiMeshFleetCard';
export * from './hasAiMeshTab';
export * from './plugin';
export { aiMeshTranslationRef } from './translation';
export { isAiMeshAvailable } from '@ai-mesh/plugin-ai-mesh-common';
