/**
 * The texts of AI Mesh's screens, in each of its languages.
 *
 * @packageDocumentation
 */
export { screenTextsEn } from './en';
export type * from './ScreenLanguage';
export { languageOf, languages } from '../texts/languages';
