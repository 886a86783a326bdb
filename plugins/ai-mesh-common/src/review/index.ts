export * from './findingMessages';
export { findingTextsZhCN } from './texts/zhCN';
