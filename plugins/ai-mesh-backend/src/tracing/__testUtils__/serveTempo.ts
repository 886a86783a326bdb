import { serve, type TestServer } from '../../target/__testUtils__/serve';

export interface AskedOfTempo {
  path: string;
  query: Record<string, string>;
  headers: Record<string, unknown>;
}

export interface TempoOptions {
  /** Releases before 2.6 have no second version of the trace's endpoint, and those before 2.1 none of the values'. */
  versions?: ('v1' | 'v2')[];
  services?: string[];
  hits?: object[];
  /** Resource spans by trace. */
  traces?: Record<string, object[]>;
  /** Wants this tenant, as one with several does. */
  tenant?: string;
  /** Paths that answer something else. */
  instead?: Record<string, { status: number; body: string }>;
}

/** Tempo's HTTP API as far as it is used, with canned spans: it understands no TraceQL. */
export async function serveTempo({
  versions = ['v1', 'v2'],
  services = [],
  hits = [],
  traces = {},
  tenant,
  instead = {},
}: TempoOptions): Promise<TestServer & { asked: AskedOfTempo[] }> {
  const asked: AskedOfTempo[] = [];
  const server = await serve(({ url = '', headers }, response) => {
    const { pathname: path, searchParams } = new URL(url, 'http://x');
    asked.push({ path, query: Object.fromEntries(searchParams), headers });
    const answer = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const [, version = 'v1', rest] =
      /^\/api\/(?:(v2)\/)?(.*)$/.exec(path) ?? [];
    const id = /^traces\/(\w+)$/.exec(rest ?? '')?.[1];
    const has = versions.includes(version as 'v1');
    if (instead[path]) {
      response.writeHead(instead[path].status).end(instead[path].body);
    } else if (path === '/api/echo') {
      response.end('echo');
    } else if (tenant && headers['x-scope-orgid'] !== tenant) {
      response.writeHead(401).end('no org id');
    } else if (path === '/api/search') {
      answer({ ...(hits.length > 0 && { traces: hits }), metrics: {} });
    } else if (has && /^search\/tag\/.*\/values$/.test(rest)) {
      answer({
        tagValues:
          version === 'v2'
            ? services.map(value => ({ type: 'string', value }))
            : services,
      });
    } else if (has && id !== undefined && traces[id]) {
      answer(
        version === 'v2'
          ? { trace: { resourceSpans: traces[id] }, metrics: {} }
          : { batches: traces[id] },
      );
    } else {
      response.writeHead(404).end('404 page not found');
    }
  });
  return { ...server, asked };
}
