export * from './findingMessages';
export * from './findingText';
export type { FindingText } from './message';
export { findingTextsZhCN } from './texts/zhCN';
