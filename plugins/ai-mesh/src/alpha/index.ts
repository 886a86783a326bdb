/**
 * AI Mesh's frontend, for apps of the new frontend system.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { aiMeshTranslationRef } from '../translation';
