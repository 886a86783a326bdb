export * from './findingMessages';
export * from './findingText';
export type { FindingText } from './message';
export { findingTextsEn } from './texts/en';
