export * from './GitHosts';
