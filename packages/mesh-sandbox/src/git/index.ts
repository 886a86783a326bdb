export * from './startGitHost';
export type { GitTokens } from './GitAccess';
