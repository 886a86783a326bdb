export type { Catalogue } from './Catalogue';
export * from './languageKey';
export * from './translations';
export * from './zhCN';
