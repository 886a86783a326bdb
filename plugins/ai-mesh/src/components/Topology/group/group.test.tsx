import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  demoApi,
  edge,
  node,
  renderTab,
  topology,
} from '../../../__testUtils__';
import { layoutGraph, structureOf } from '../graph/layoutGraph';

const grouped = () =>
  topology({
    nodes: [
      node('ai-chat-service', {
        relation: 'own',
        distance: 0,
        entityRef: 'component:default/ai-chat-service',
      }),
      node('cart', { namespace: 'shop' }),
      node('stock', { namespace: 'shop', distance: 2 }),
      node('host', { kind: 'external', namespace: 'shop', distance: 2 }),
    ],
    edges: [
      edge('ai-chat-service', 'cart'),
      edge('ai-chat-service', 'stock'),
      edge('cart', 'stock'),
      edge('stock', 'host'),
    ],
  });
const tab = (at: string) =>
  renderTab(at, {
    api: demoApi({
      topology: jest.fn().mockImplementation(async () => grouped()),
    }),
  });

describe('groups of the topology', () => {
  it('are chosen by what services have in common, which is in the address', async () => {
    const user = userEvent.setup();
    const { address } = await tab('/topology');
    await user.click(await screen.findByLabelText('Group by'));
    await user.click(await screen.findByText('Namespace'));
    expect(await screen.findByText(/Namespace shop/)).toBeInTheDocument();
    expect(address()).toContain('group=namespace');
  });

  it('are folded and unfolded by their titles, which is in the address too', async () => {
    const user = userEvent.setup();
    const { address } = await tab('/topology?group=namespace');
    const title = await screen.findByText(/Namespace shop/);
    expect(title).toHaveAttribute('aria-expanded', 'true');
    await user.click(title);
    const box = (await screen.findByText(/2 services/)).closest('button')!;
    expect(box).toHaveAttribute('aria-expanded', 'false');
    expect(box).toHaveTextContent('Namespace shop');
    expect(address()).toContain('folded=shop');
    expect(screen.queryByText('stock')).not.toBeInTheDocument();
    box.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByText('stock')).toBeInTheDocument();
    expect(address()).not.toContain('folded');
  });

  it('are drawn from a link, and reached by the arrow keys', async () => {
    const user = userEvent.setup();
    const { container } = await tab('/topology?group=cluster&folded=demo');
    expect(await screen.findByText(/2 services/)).toBeInTheDocument();
    const nodeOf = (id: string) =>
      container.querySelector<HTMLElement>(`[data-node="${id}"]`)!;
    nodeOf('ai-chat-service').focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(nodeOf('group:demo'));
    expect(document.activeElement).toHaveTextContent('Cluster demo');
    const graph = container.querySelector('.react-flow')!;
    expect(await axe(graph)).toHaveNoViolations();
  });

  it('say which system the catalog has a service in', async () => {
    await tab('/topology?group=system');
    expect(await screen.findByText(/System assistants/)).toBeInTheDocument();
  });
});

describe('the layout of groups', () => {
  it('frames the services of each, and lets no two frames of one column overlap', () => {
    const graph = grouped();
    const of = new Map(
      graph.nodes.flatMap(({ id, namespace }) =>
        namespace === undefined ? [] : [[id, namespace] as const],
      ),
    );
    const layout = layoutGraph(structureOf(graph, of));
    for (const [id, name] of of) {
      const frame = layout.groups![name];
      const box = layout.nodes[id];
      expect(frame.x).toBeLessThan(box.x);
      expect(frame.y).toBeLessThan(box.y);
      expect(frame.x + frame.width).toBeGreaterThan(box.x + box.width);
      expect(frame.y + frame.height).toBeGreaterThan(box.y + box.height);
    }
    const [first, second] = Object.values(layout.groups!);
    const apart =
      first.x + first.width <= second.x ||
      second.x + second.width <= first.x ||
      first.y + first.height <= second.y ||
      second.y + second.height <= first.y;
    expect(apart).toBe(true);
  });
});
