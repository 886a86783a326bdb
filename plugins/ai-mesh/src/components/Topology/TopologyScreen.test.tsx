import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  demoApi,
  edge,
  node,
  outage,
  renderTab,
  topology,
  traffic,
} from '../../__testUtils__';

const withTopology = (of: () => ReturnType<typeof topology>) =>
  demoApi({ topology: jest.fn().mockImplementation(async () => of()) });

const nodeBox = (name: string) =>
  screen.findByRole('button', {
    name: new RegExp(`^(Service|Workload|External provider) ${name},`),
  });

describe('the graph', () => {
  it('says of every node what its box shows', async () => {
    await renderTab('/topology');
    const own = await nodeBox('ai-chat-service');
    for (const said of [
      /^Service ai-chat-service, of this entity, Healthy,/,
      /12\.4 req\/s · 0\.4% fail · p95 2\.3s/,
      /v1 90% v2 10%/,
      /Circuit breaker: 100 connections, 50 pending; ejects after 5 errors \(closed\)/,
      /Timeout: 60s/,
      /Retries: 2 × 25s \(gateway-error, connect-failure\)/,
      /Split: v1 90% \/ v2 10%/,
      /Review: 1 high, 4 medium, 2 notes/,
    ]) {
      expect(own).toHaveAccessibleName(said);
    }
    expect(own).toHaveTextContent('v190%v210%');
    expect(
      within(own).getByRole('img', { name: /^Circuit breaker.*closed/ }),
    ).toBeInTheDocument();
    expect(await nodeBox('nightly-report')).toHaveTextContent('no proxy');
    expect(await nodeBox('api.openai.example')).toHaveTextContent(
      'External provider',
    );
  });

  it.each([
    [
      'ai-orchestrator to ai-chat-service',
      '12 req/s, 0% fail, p95 180ms. Encrypted with mutual TLS.',
    ],
    [
      'nightly-report to ai-chat-service',
      '0.1 req/s, 3 of 30 fail, p95 180ms. Plaintext.',
    ],
    [
      'ai-chat-service to vector-store',
      '0.4 conn/s, 1.25 MB/s. Encrypted with mutual TLS.',
    ],
    [
      'llm-gateway-service to api.openai.example',
      /^Call .*Encryption unknown: The metric lacks the label.*Only the caller reports/,
    ],
  ])('says of the call from %s: %s', async (ends, text) => {
    await renderTab('/topology');
    const name = typeof text === 'string' ? `Call from ${ends}: ${text}` : text;
    expect(await screen.findByRole('button', { name })).toBeInTheDocument();
  });

  it('is walked by the arrow keys along calls; Enter opens the details, Escape closes them', async () => {
    const user = userEvent.setup();
    const { address } = await renderTab('/topology');
    const own = await nodeBox('ai-chat-service');
    expect(own).toHaveAttribute('tabindex', '0');
    act(() => own.focus());

    await user.keyboard('{ArrowLeft}');
    const caller = document.activeElement;
    expect(caller).toHaveAccessibleName(/^(Service|Workload) .*, caller,/);
    await user.keyboard('{ArrowRight}');
    expect(own).toHaveFocus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toHaveAccessibleName(/, provider,/);
    await user.keyboard('{ArrowLeft}');
    expect(own).toHaveFocus();

    await user.keyboard('{Enter}');
    const details = await screen.findByRole('region', {
      name: 'Details of ai-chat-service',
    });
    expect(details).toHaveFocus();
    expect(address()).toContain('selected=node%3Aai-chat-service');
    await user.keyboard('{Escape}');
    expect(details).not.toBeInTheDocument();
    expect(own).toHaveFocus();
    expect(address()).not.toContain('selected');
  });

  it('leads from a service to its SLOs and traces, and to the configured pages about it', async () => {
    const user = userEvent.setup();
    const links = [{ title: 'Kiali', url: 'https://kiali.example/chat' }];
    const api = withTopology(() => {
      const { nodes, ...rest } = topology();
      return {
        ...rest,
        nodes: nodes.map(one =>
          one.name === 'ai-chat-service' ? { ...one, links } : one,
        ),
      };
    });
    const { address } = await renderTab('/topology', { api });
    const own = await nodeBox('ai-chat-service');
    act(() => own.focus());
    await user.keyboard('{Enter}');
    const details = await screen.findByRole('region', {
      name: 'Details of ai-chat-service',
    });
    expect(
      within(details).getByRole('link', { name: /^Kiali/ }),
    ).toHaveAttribute('href', 'https://kiali.example/chat');
    await user.click(
      within(details).getByRole('link', { name: 'SLOs, models and traces' }),
    );
    expect(address()).toMatch(/\/slos$/);
  });

  it('is one stop for the Tab key, at the node that was reached last', async () => {
    const user = userEvent.setup();
    await renderTab('/topology');
    const own = await nodeBox('ai-chat-service');
    act(() => own.focus());
    await user.keyboard('{ArrowRight}');
    const reached = document.activeElement;
    const graph = screen.getByRole('application', { name: /^Call graph/ });
    const stops = within(graph)
      .getAllByRole('button', { pressed: false })
      .filter(({ tabIndex }) => tabIndex === 0);
    expect(stops).toEqual([reached]);
  });

  it('does not move when a refresh brings other figures', async () => {
    const user = userEvent.setup();
    let answer = topology();
    await renderTab('/topology', { api: withTopology(() => answer) });
    const placeOf = (element: HTMLElement) =>
      element.closest<HTMLElement>('.react-flow__node')?.style.transform;
    const before = placeOf(await nodeBox('llm-gateway-service'));
    answer = outage();
    await user.click(screen.getByRole('button', { name: 'Refresh now' }));
    const failing = await screen.findByRole('button', {
      name: /^Service llm-gateway-service, provider, Failing/,
    });
    expect(before).toMatch(/^translate/);
    expect(placeOf(failing)).toBe(before);
  });
});

describe('of several clusters', () => {
  const api = () =>
    withTopology(() =>
      topology({
        nodes: [
          node('chat', { relation: 'own' }),
          node('orchestrator', { relation: 'caller' }),
          // Its cluster is one that nobody configured.
          node('orchestrator', {
            id: 'south/orchestrator',
            kind: 'workload',
            cluster: 'south',
            relation: 'caller',
          }),
        ],
        edges: [
          edge('orchestrator', 'chat'),
          edge('south/orchestrator', 'chat'),
        ],
      }),
    );

  it('the graph names that of each node', async () => {
    await renderTab('/topology', { api: api() });
    expect(
      await screen.findByRole('button', {
        name: /^Service orchestrator, caller,.* · demo/,
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: /^Workload orchestrator, caller,.* · south/,
      }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('button', {
        name: /^Call from orchestrator \(south\) to chat:/,
      }),
    ).toBeInTheDocument();
  });

  it('the tables tell two of one name apart', async () => {
    await renderTab('/topology?view=table', { api: api() });
    const nodes = await screen.findByRole('table', {
      name: 'Services and callers',
    });
    for (const name of ['orchestrator (demo)', 'orchestrator (south)']) {
      expect(
        within(nodes).getByRole('button', { name: `Details of ${name}` }),
      ).toHaveTextContent(name);
    }
    expect(within(nodes).getByText('chat')).toBeVisible();
  });
});

describe('where does it hurt', () => {
  it('says of each of several origins what is the matter with it', async () => {
    await renderTab('/topology', {
      api: withTopology(() => {
        const hurting = outage();
        const store = hurting.nodes.find(({ name }) => name === 'vector-store');
        if (hurting.outage.status === 'found') {
          const [origin] = hurting.outage.origins;
          hurting.outage.origins.push({
            ...origin,
            node: store!.id,
            reason: 'It fails.',
          });
        }
        return hurting;
      }),
    });
    const banner = await screen.findByRole('region', {
      name: 'Where does it hurt',
    });
    expect(banner).toHaveTextContent(
      'It starts at llm-gateway-service, vector-store.llm-gateway-service: Its connection pool rejects 3.2 requests per second.',
    );
    expect(banner).toHaveTextContent('vector-store: It fails.');
  });

  it('names the origin and who only suffers, and leads to both', async () => {
    const user = userEvent.setup();
    const { container } = await renderTab('/topology', {
      api: withTopology(outage),
    });
    const banner = await screen.findByRole('region', {
      name: 'Where does it hurt',
    });
    expect(banner).toHaveTextContent(
      'It starts at llm-gateway-service. Its connection pool rejects 3.2 requests per second.',
    );
    expect(banner).toHaveTextContent(
      'Only suffering from it: ai-chat-service, ai-orchestrator.',
    );
    expect(await nodeBox('llm-gateway-service')).toHaveTextContent(
      /origin of the failure.*open/,
    );
    expect(await nodeBox('ai-orchestrator')).toHaveTextContent(
      'only suffers from it',
    );
    await user.click(
      within(banner).getByRole('button', { name: 'llm-gateway-service' }),
    );
    const details = await screen.findByRole('region', {
      name: 'Details of llm-gateway-service',
    });
    expect(details).toHaveTextContent('origin of the failure');
    expect(await axe(container)).toHaveNoViolations();
  });

  const calm = () => {
    const drawn = topology();
    return topology({
      edges: drawn.edges.filter(({ source }) => source !== 'nightly-report'),
    });
  };
  const nothingFails = () =>
    screen.queryByText('Nothing in this neighbourhood fails.');

  it('is green where nothing is drawn otherwise', async () => {
    await renderTab('/topology', { api: withTopology(calm) });
    expect(
      await screen.findByRole('region', {
        name: 'Nothing in this neighbourhood fails.',
      }),
    ).toBeVisible();
  });

  it('names what is drawn amber, and not that nothing fails', async () => {
    const message = '2.3% of 600 requests failed.';
    await renderTab('/topology', {
      api: withTopology(() => {
        const { nodes, edges } = calm();
        return topology({
          nodes: nodes.map(one =>
            one.name === 'llm-gateway-service'
              ? { ...one, health: { status: 'degraded', message } }
              : one,
          ),
          edges,
        });
      }),
    });
    const banner = await screen.findByRole('region', {
      name: 'No outage, but not everything here is well.',
    });
    expect(banner).toHaveTextContent(`llm-gateway-service: ${message}`);
    expect(nothingFails()).not.toBeInTheDocument();
    await userEvent.click(
      within(banner).getByRole('button', { name: 'llm-gateway-service' }),
    );
    expect(
      await screen.findByRole('region', {
        name: 'Details of llm-gateway-service',
      }),
    ).toBeVisible();
  });

  it('names a call that is drawn red where both its ends are well', async () => {
    await renderTab('/topology');
    const banner = await screen.findByRole('region', {
      name: 'No outage, but not everything here is well.',
    });
    expect(banner).toHaveTextContent(
      'nightly-report to ai-chat-service: 0.1 req/s, 3 of 30 fail',
    );
    expect(nothingFails()).not.toBeInTheDocument();
  });

  it('names a few, and how many more there are', async () => {
    await renderTab('/topology', {
      api: withTopology(() => {
        const { nodes, edges } = calm();
        return topology({
          nodes: [
            ...nodes,
            ...Array.from({ length: 8 }, (_, at) =>
              node(`amber-${at}`, {
                health: { status: 'degraded', message: '2% failed.' },
              }),
            ),
          ],
          edges,
        });
      }),
    });
    const banner = await screen.findByRole('region', {
      name: 'No outage, but not everything here is well.',
    });
    expect(banner).toHaveTextContent('amber-4');
    expect(banner).not.toHaveTextContent('amber-5');
    expect(banner).toHaveTextContent('and 3 more');
  });

  it('does not claim that nothing hurts when it cannot tell', async () => {
    await renderTab('/topology', {
      api: withTopology(() =>
        topology({
          outage: { status: 'unknown', message: 'Prometheus is away.' },
        }),
      ),
    });
    const banner = await screen.findByRole('region', {
      name: 'Where it hurts cannot be told',
    });
    expect(banner).toHaveTextContent('Prometheus is away.');
    expect(
      screen.queryByText('Nothing in this neighbourhood fails.'),
    ).not.toBeInTheDocument();
  });
});

describe('the details', () => {
  it('of a node hold all its figures, its versions, its breaker and its calls', async () => {
    await renderTab('/topology?selected=node:ai-chat-service');
    const details = await screen.findByRole('region', {
      name: 'Details of ai-chat-service',
    });
    expect(
      within(details).getByRole('link', { name: /ai-chat-service/ }),
    ).toHaveAttribute('href', '/catalog/default/component/ai-chat-service');
    expect(details).toHaveTextContent(
      'p99 latency3.22 sec (bucket 2.5 sec to 5 sec)',
    );
    expect(details).toHaveTextContent('Proxysidecar');
    expect(details).toHaveTextContent('1 high, 4 medium, 2 notes');
    expect(
      within(details).getByRole('link', { name: 'See the review' }),
    ).toHaveAttribute('href', expect.stringMatching(/\/ai-mesh\/review$/));
    const versions = within(details).getByRole('table', { name: 'Versions' });
    expect(
      within(versions).getByRole('row', { name: /^v2/ }),
    ).toHaveTextContent('v210%4%6.4 sec1 of 1 ready');
    expect(details).toHaveTextContent(
      /Stateclosedread from the response flags UO and UH/,
    );
    expect(
      within(details).getByRole('button', {
        name: /^Hosts ejected now: unknown.*proxyStatsMatcher/,
      }),
    ).toHaveTextContent('–');
    expect(
      within(details).getAllByRole('button', { name: 'Copy PromQL' }).length,
    ).toBeGreaterThan(1);
    await userEvent.click(
      within(details).getByRole('button', {
        name: /^Call from nightly-report/,
      }),
    );
    expect(
      await screen.findByRole('region', {
        name: 'Details of nightly-report to ai-chat-service',
      }),
    ).toHaveTextContent(/Reported bythe called service’s proxy.*Plaintext/);
  });

  it('of a node tell what response flags mean, and what Kiali says', async () => {
    await renderTab('/topology?selected=node:flagged', {
      api: withTopology(() =>
        topology({
          nodes: [
            node('flagged', {
              traffic: traffic(1, { responseFlags: { UO: 0.2, XX: 0.1 } }),
              kiali: {
                health: 'degraded',
                validations: [
                  {
                    object: {
                      cluster: 'demo',
                      apiVersion: 'networking.istio.io/v1',
                      kind: 'VirtualService',
                      name: 'flagged',
                    },
                    code: 'KIA1107',
                    severity: 'warning',
                    message: 'Subset not found',
                  },
                ],
              },
            }),
          ],
          edges: [],
        }),
      ),
    });
    const details = await screen.findByRole('region', {
      name: 'Details of flagged',
    });
    expect(details).toHaveTextContent(
      'UO: overflow: a pool limit rejected it, 0.2 req/sXX, 0.1 req/s',
    );
    expect(details).toHaveTextContent(
      'DegradedKIA1107 · VirtualService flagged: Subset not found',
    );
    expect(details).toHaveTextContent('No catalog entity that you may see.');
    expect(
      screen.getByRole('region', {
        name: 'No call to or from this entity was seen in the last 5 minutes.',
      }),
    ).toBeVisible();
  });

  it('say so when what was linked to is gone', async () => {
    await renderTab('/topology?selected=node:long-gone');
    expect(
      await screen.findByText('What was selected is no longer in the answer.'),
    ).toBeVisible();
  });
});

describe('the controls', () => {
  it('take the depth, the window and the choice of what to show from the address', async () => {
    const api = demoApi();
    await renderTab('/topology?window=6h&depth=3&show=plaintext', { api });
    await nodeBox('nightly-report');
    expect(api.topology?.mock.calls[0][1]).toEqual({ window: '6h', depth: 3 });
    expect(
      screen.queryByRole('button', { name: /^Service vector-store/ }),
    ).not.toBeInTheDocument();
  });

  it('put every choice into the address', async () => {
    const user = userEvent.setup();
    const { address } = await renderTab('/topology');
    await nodeBox('ai-chat-service');
    await user.click(screen.getByLabelText('Depth'));
    await user.click(
      await screen.findByRole('option', { name: '1 call away' }),
    );
    await user.click(screen.getByLabelText('Show'));
    await user.click(
      await screen.findByRole('option', { name: 'Hide healthy' }),
    );
    await user.click(screen.getByRole('button', { name: 'Table' }));
    expect(address()).toMatch(/\?depth=1&show=unhealthy&view=table$/);
  });

  it('offer the way back when nothing matches', async () => {
    const user = userEvent.setup();
    await renderTab('/topology?show=failing', {
      api: withTopology(() =>
        topology({ nodes: [node('fine'), node('also-fine')], edges: [] }),
      ),
    });
    expect(
      await screen.findByText(/2 services and callers are hidden/),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show everything' }));
    expect(await nodeBox('also-fine')).toBeInTheDocument();
  });

  it('find by name, say how many, and open the first on Enter', async () => {
    const user = userEvent.setup();
    await renderTab('/topology');
    await nodeBox('ai-chat-service');
    const find = screen.getByLabelText('Find');
    await user.type(find, 'llm');
    expect(await screen.findByText('1 match')).toBeVisible();
    await user.keyboard('{Enter}');
    expect(
      await screen.findByRole('region', {
        name: 'Details of llm-gateway-service',
      }),
    ).toBeVisible();
    await user.clear(find);
    await user.type(find, 'nobody');
    expect(await screen.findByText('No match')).toBeVisible();
  });
});

describe('what to hide', () => {
  it('is in the address, says how much it hides, and is undone with everything else', async () => {
    const user = userEvent.setup();
    const { address } = await renderTab('/topology?hide=plaintext');
    await nodeBox('ai-chat-service');
    expect(
      screen.queryByRole('button', { name: /^Workload nightly-report/ }),
    ).not.toBeInTheDocument();
    expect(await screen.findByText('2 hidden')).toBeVisible();
    const hide = screen.getByLabelText('Hide');
    await user.clear(hide);
    await user.type(hide, 'namespace=*-services or external');
    await user.click(
      await screen.findByRole('button', { name: 'Show everything' }),
    );
    expect(await nodeBox('nightly-report')).toBeInTheDocument();
    expect(address()).not.toContain('hide');
  });

  it('with a mistake hides nothing, and says where the mistake is', async () => {
    await renderTab('/topology?hide=errors%20%3E%201%20parsec');
    await nodeBox('nightly-report');
    const hide = screen.getByLabelText('Hide');
    await userEvent.clear(hide);
    await userEvent.type(hide, 'idle or eror > 1%');
    expect(hide).toHaveAccessibleDescription(
      'Position 9: ‘eror’ cannot be compared; was ‘errors’ meant?',
    );
    expect(hide).toBeInvalid();
    expect(await nodeBox('nightly-report')).toBeInTheDocument();
  });
});

describe('to take along', () => {
  it.each([
    ['Data (JSON)', 'application/json', /"name": "nightly-report"/],
    ['Calls (CSV)', 'text/csv;charset=utf-8', /nightly-report,.*,http,/],
    ['Picture (SVG)', 'image/svg+xml', /<text [^>]*>nightly-report<\/text>/],
  ])('is %s', async (form, type, content) => {
    const saved: Blob[] = [];
    URL.createObjectURL = blob => {
      saved.push(blob as Blob);
      return 'blob:';
    };
    URL.revokeObjectURL = () => undefined;
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation();
    const user = userEvent.setup();
    await renderTab('/topology');
    await nodeBox('ai-chat-service');
    await user.click(screen.getByRole('button', { name: 'Take along' }));
    await user.click(await screen.findByRole('menuitem', { name: form }));
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0].type).toBe(type);
    expect(await saved[0].text()).toMatch(content);
    click.mockRestore();
  });

  it('says where a browser cannot draw it, and what can be had', async () => {
    Object.assign(HTMLImageElement.prototype, { decode: async () => {} });
    const context = jest
      .spyOn(HTMLCanvasElement.prototype, 'getContext')
      .mockReturnValue(null);
    const user = userEvent.setup();
    await renderTab('/topology');
    await nodeBox('ai-chat-service');
    await user.click(screen.getByRole('button', { name: 'Take along' }));
    await user.click(
      await screen.findByRole('menuitem', { name: 'Picture (PNG)' }),
    );
    expect(
      await screen.findByText(/cannot draw it as PNG\. The picture as SVG/),
    ).toBeVisible();
    context.mockRestore();
  });
});

describe('the tables', () => {
  const names = (table: HTMLElement) =>
    within(table)
      .getAllByRole('rowheader')
      .map(({ textContent }) => textContent);

  it('show the same as the graph, worst first', async () => {
    const { container } = await renderTab('/topology?view=table', {
      api: withTopology(outage),
    });
    const nodes = await screen.findByRole('table', {
      name: 'Services and callers',
    });
    expect(names(nodes).slice(0, 3).sort()).toEqual([
      'ai-chat-service',
      'ai-orchestrator',
      'llm-gateway-service',
    ]);
    expect(
      within(nodes).getByRole('row', { name: /ai-chat-service/ }),
    ).toHaveTextContent(/Failing12 req\/s40%9 secv1 90%, v2 10%/);
    const calls = screen.getByRole('table', { name: 'Calls' });
    expect(within(calls).getAllByRole('row')).toHaveLength(
      outage().edges.length + 1,
    );
    expect(calls).toHaveTextContent('Plaintext');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('sort by a column both ways, with what is unknown last', async () => {
    const user = userEvent.setup();
    await renderTab('/topology?view=table');
    const calls = await screen.findByRole('table', { name: 'Calls' });
    const errors = within(calls).getByRole('columnheader', { name: 'Errors' });
    await user.click(within(errors).getByRole('button'));
    expect(errors).toHaveAttribute('aria-sort', 'ascending');
    const last = () => names(calls)[names(calls).length - 1];
    expect(last()).toBe('ai-chat-service');
    await user.click(within(errors).getByRole('button'));
    expect(errors).toHaveAttribute('aria-sort', 'descending');
    expect(names(calls)[0]).toBe('nightly-report');
    expect(last()).toBe('ai-chat-service');
  });

  it('open the details of a row', async () => {
    const user = userEvent.setup();
    await renderTab('/topology?view=table');
    await user.click(
      await screen.findByRole('button', { name: 'Details of vector-store' }),
    );
    const details = await screen.findByRole('region', {
      name: 'Details of vector-store',
    });
    await waitFor(() => expect(details).toHaveFocus());
  });
});
