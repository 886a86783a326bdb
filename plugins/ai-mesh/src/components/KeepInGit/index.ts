export * from './KeepInGit';
