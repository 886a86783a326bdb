/**
 * The thread that lays graphs out. The package names its own entry point, so that a portal's bundler finds it in the
 * sources as in the published package.
 */
export const startLayoutWorker = () =>
  new Worker(new URL('@ai-mesh/plugin-ai-mesh/layout-worker', import.meta.url));
