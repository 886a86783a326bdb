import { lastByte } from './lastByte.mjs';

/** What Kiali's own page asks of its graphs, apart from whose graph it is. */
const OPTIONS = {
  duration: '300s',
  graphType: 'versionedApp',
  includeIdleEdges: 'false',
  injectServiceNodes: 'true',
  boxBy: 'cluster,namespace,app',
  appenders:
    'deadNode,istio,serviceEntry,meshCheck,workloadEntry,health,responseTime',
  responseTime: '95',
  rateGrpc: 'requests',
  rateHttp: 'requests',
  rateTcp: 'sent',
};

/** Asks Kiali for graphs as its page does. With KIALI_TOKEN in the environment as that user, else as nobody. */
export class KialiGraphs {
  #url;
  #headers;

  constructor(url, token = process.env.KIALI_TOKEN) {
    this.#url = url.replace(/\/$/, '');
    this.#headers = token ? { authorization: `Bearer ${token}` } : {};
  }

  /** The graph of one service, with whom it calls and who calls it. */
  service({ namespace, name }) {
    return this.#graph(`/api/namespaces/${namespace}/services/${name}/graph`);
  }

  namespace({ namespace }) {
    return this.#graph('/api/namespaces/graph', { namespaces: namespace });
  }

  async #graph(path, more = {}) {
    const query = new URLSearchParams({ ...OPTIONS, ...more });
    const { status, text } = await lastByte(`${this.#url}${path}?${query}`, {
      headers: this.#headers,
    });
    if (status !== 200) {
      throw new Error(
        `Kiali answered ${status} for ${path}: ${text().slice(0, 200)}`,
      );
    }
  }
}
