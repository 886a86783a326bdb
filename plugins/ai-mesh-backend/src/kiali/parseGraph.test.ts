import { existsSync, readdirSync, readFileSync } from 'fs';
import { resolve } from 'path';
import { parseGraph } from './parseGraph';

function graphWith(elements: { nodes?: object[]; edges?: object[] }) {
  return parseGraph({
    timestamp: 1523364075,
    duration: 600,
    graphType: 'workload',
    elements: {
      nodes: elements.nodes?.map(data => ({ data })),
      edges: elements.edges?.map(data => ({ data })),
    },
  });
}

const edge = { id: 'e', source: 'a', target: 'b' };

describe('parseGraph', () => {
  it('reads numbers from text, and takes what is left out for zero', async () => {
    const { edges } = await graphWith({
      edges: [
        {
          ...edge,
          isMTLS: '75',
          responseTime: '1200',
          throughput: '10.5',
          traffic: {
            protocol: 'http',
            rates: { http: '10.00', http5xx: '1.50', httpPercentErr: '15.0' },
            responses: { 200: { flags: { '-': '85.0' } } },
          },
        },
      ],
    });
    expect(edges).toEqual([
      {
        ...edge,
        mtlsShare: 0.75,
        responseTimeMs: 1200,
        throughput: 10.5,
        traffic: {
          protocol: 'http',
          received: {
            total: 10,
            status3xx: 0,
            status4xx: 0,
            status5xx: 1.5,
            noResponse: 0,
            errors: 0,
          },
          sent: expect.objectContaining({ total: 0 }),
        },
      },
    ]);
  });

  it('does not take a missing lock for plaintext', async () => {
    const { edges } = await graphWith({ edges: [edge] });
    expect(edges[0]).not.toHaveProperty('mtlsShare');
  });

  it('reads what a node receives and sends, and its marks', async () => {
    const { nodes } = await graphWith({
      nodes: [
        {
          id: 'n',
          nodeType: 'service',
          cluster: 'east',
          namespace: 'ai',
          service: 'chat',
          healthData: null,
          hasCB: true,
          hasVS: { hostnames: ['chat'] },
          isBox: 'app',
          isDead: false,
          traffic: [
            { protocol: 'grpc', rates: { grpcIn: '3', grpcInErr: '1' } },
            { protocol: 'http', rates: { httpOut: '2' } },
          ],
        },
      ],
    });
    expect(nodes[0]).toMatchObject({
      service: 'chat',
      marks: ['hasCB', 'hasVS', 'isBox'],
      traffic: [
        { protocol: 'grpc', received: { total: 3, errors: 1 } },
        { protocol: 'http', received: { total: 0 }, sent: { total: 2 } },
      ],
    });
  });

  it.each([null, {}, [], { elements: {} }, { timestamp: 'now' }])(
    'refuses %j',
    async json => {
      await expect(parseGraph(json)).rejects.toThrow();
    },
  );
});

const folder = resolve(__dirname, '../../../../../shared/fixtures/kiali-graph');
const describeFixtures = existsSync(folder) ? describe : describe.skip;

describeFixtures("parseGraph on Kiali's own graphs", () => {
  const files = existsSync(folder) ? readdirSync(folder) : ['(absent)'];

  it.each(files)('reads %s', async file => {
    const json = JSON.parse(readFileSync(resolve(folder, file), 'utf8'));
    const graph = await parseGraph(json);
    expect(graph.durationSeconds).toBe(600);
    expect(graph.nodes).toHaveLength(json.elements.nodes.length);
    expect(graph.edges).toHaveLength(json.elements.edges.length);
    const ids = new Set(graph.nodes.map(({ id }) => id));
    expect(ids.size).toBe(graph.nodes.length);
    const ends = graph.edges.flatMap(({ source, target }) => [source, target]);
    expect(ends.filter(id => !ids.has(id))).toEqual([]);
    // Every number of the file has arrived.
    const written = json.elements.edges
      .flatMap(
        (one: { data: { traffic?: { rates?: Record<string, string> } } }) =>
          Object.entries(one.data.traffic?.rates ?? {}),
      )
      .filter(([name]: [string]) => /^(http|grpc|tcp)$/.test(name))
      .reduce((sum: number, [, rate]: [string, string]) => sum + +rate, 0);
    const read = graph.edges.reduce(
      (sum, { traffic }) => sum + (traffic?.received.total ?? 0),
      0,
    );
    expect(read).toBeCloseTo(written, 6);
  });
});
