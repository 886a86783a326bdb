import { resolve } from 'node:path';
import { writeRunFile } from './runFolder.mjs';
import { say } from './shell.mjs';

/** Namespaces of the platform itself, whose Services nobody looks for in a catalog of AI services. */
const PLATFORM = /^(kube-|istio-|cert-manager|gatekeeper)/;
/** More than this many entities would make the demo's catalog slow to fill, and hard to read. */
const MOST_SERVICES = 500;

/**
 * The reader's own mesh, in the shape of `aiMesh.clusters[]`, and a catalog that has an entity for each of its
 * Services, so that there is something to open. Throws when the cluster cannot be read.
 */
export async function ownMesh(run, options) {
  const { KubeConfig, CoreV1Api } = await import('@kubernetes/client-node');
  const path = resolve(options.kubeconfig);
  const config = new KubeConfig();
  try {
    config.loadFromFile(path);
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error.message}`);
  }
  const context = options.context ?? config.getCurrentContext();
  if (!config.getContextObject(context)) {
    const known = config.getContexts().map(({ name }) => name);
    throw new Error(
      `${options.kubeconfig} has no context ${context}; it has ${known.join(', ') || 'none'}`,
    );
  }
  config.setCurrentContext(context);
  const services = await listServices(config.makeApiClient(CoreV1Api), {
    path,
    context,
  });
  const catalog = writeRunFile(
    run,
    'entities.yaml',
    services.map(service => JSON.stringify(entityOf(service))).join('\n---\n'),
  );
  return {
    cluster: {
      name: context,
      kubernetes: { kubeconfig: { path, context } },
      prometheus: options.prometheus && { url: options.prometheus },
      kiali: options.kiali && { url: options.kiali },
      tracing: options.tracing && { url: options.tracing },
      allowWrites: options.allowWrites,
    },
    catalog,
  };
}

async function listServices(api, { path, context }) {
  let items;
  try {
    ({ items } = await api.listServiceForAllNamespaces());
  } catch (error) {
    throw new Error(
      `the Services of ${context} cannot be listed: ${said(error)}. Does this work: kubectl --kubeconfig ${path} --context ${context} get services -A`,
    );
  }
  const found = items.filter(
    ({ metadata, spec }) =>
      spec?.selector && !PLATFORM.test(metadata.namespace),
  );
  if (found.length > MOST_SERVICES) {
    say(
      `${context} has ${found.length} Services; the catalog shows the first ${MOST_SERVICES}`,
    );
  }
  return found.slice(0, MOST_SERVICES);
}

/** The API server's own words; what went wrong on the way to it; else whatever the client says. */
function said({ body, cause, message }) {
  return body?.message ?? cause?.message ?? message;
}

/** A catalog name has 63 characters at most, so a long one loses its end. */
function entityOf({ metadata: { name, namespace } }) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `${namespace}.${name}`.slice(0, 63).replace(/[^a-z0-9]+$/i, ''),
      description: `Service ${name} in namespace ${namespace}`,
      annotations: { 'ai-mesh.io/service': `${namespace}/${name}` },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'ai-platform',
    },
  };
}
