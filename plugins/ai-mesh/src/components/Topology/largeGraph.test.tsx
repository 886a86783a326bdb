import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { demoApi, edge, node, renderTab, topology } from '../../__testUtils__';
import { layoutAside } from './graph/layoutAside';
import { layoutGraph } from './graph/layoutGraph';

jest.mock('./graph/layoutAside', () => ({
  layoutAside: jest.fn(),
  startAside: jest.fn(),
}));

afterEach(() => jest.restoreAllMocks());

const large = () =>
  topology({
    nodes: [
      node('own', { relation: 'own', distance: 0 }),
      ...Array.from({ length: 60 }, (_, at) =>
        node(`provider-${at}`, { distance: at < 3 ? 1 : 2 }),
      ),
    ],
    edges: Array.from({ length: 60 }, (_, at) =>
      edge(at < 3 ? 'own' : `provider-${at % 3}`, `provider-${at}`),
    ),
  });

it('says that it is laid out, then opens on the entity with a small map of the rest', async () => {
  let layOut: () => void = () => undefined;
  jest.mocked(layoutAside).mockImplementation(
    structure =>
      new Promise(resolve => {
        layOut = () => resolve(layoutGraph(structure));
      }),
  );
  await renderTab('/topology', {
    api: demoApi({
      topology: jest.fn().mockImplementation(async () => large()),
    }),
  });
  expect(await screen.findByText('Laying out 61 nodes …')).toBeVisible();
  await act(async () => layOut());
  const own = await screen.findByRole('button', { name: /^Service own,/ });
  expect(
    screen.getByRole('img', { name: 'Small map of the whole graph' }),
  ).toBeInTheDocument();
  expect(screen.queryByText('Laying out 61 nodes …')).not.toBeInTheDocument();

  act(() => own.focus());
  await userEvent.keyboard('{ArrowRight}');
  await waitFor(() =>
    expect(document.activeElement).toHaveAccessibleName(
      /^Service provider-[012],/,
    ),
  );
});

it('draws nothing that is not in view where it opens', async () => {
  // Everything is 600 pixels high here, and so is then the room for the graph within its border and above its help.
  jest.spyOn(window, 'innerHeight', 'get').mockReturnValue(666);
  jest.mocked(layoutAside).mockImplementation(async of => layoutGraph(of));
  const drawnIn = (element: Element) =>
    [...element.querySelectorAll<HTMLElement>('[data-node], [data-edge]')].map(
      ({ dataset }) => dataset.node ?? dataset.edge!,
    );
  const ever = new Set<string>();
  new MutationObserver(records =>
    records
      .flatMap(({ addedNodes }) => [...addedNodes])
      .filter((added): added is Element => added instanceof Element)
      // Around each, for one that is drawn itself; what is gone by now still has what was in it.
      .flatMap(added => drawnIn(added.parentElement ?? added))
      .forEach(id => ever.add(id)),
  ).observe(document.body, { childList: true, subtree: true });
  await renderTab('/topology', {
    api: demoApi({
      topology: jest.fn().mockImplementation(async () => large()),
    }),
  });
  await screen.findByRole('button', { name: /^Service own,/ });
  await screen.findByRole('button', { name: /own.*provider-1\b/ });
  await act(() => new Promise(resolve => setTimeout(resolve)));
  const drawn = drawnIn(document.body);
  expect([...ever].sort()).toEqual(drawn.sort());
  const { nodes, edges } = large();
  const labels = document.querySelectorAll('[data-edge]').length;
  expect(labels).toBeGreaterThan(0);
  expect(labels).toBeLessThan(edges.length);
  expect(drawn.length - labels).toBeLessThan(nodes.length);
});

it('shows all of it when it is fitted into view', async () => {
  jest.mocked(layoutAside).mockImplementation(async of => layoutGraph(of));
  const { container } = await renderTab('/topology', {
    api: demoApi({
      topology: jest.fn().mockImplementation(async () => large()),
    }),
  });
  await screen.findByRole('button', { name: /^Service own,/ });
  const drawn = () => container.querySelectorAll('[data-node]').length;
  expect(drawn()).toBeLessThan(large().nodes.length);
  await userEvent.click(
    screen.getByRole('button', { name: 'Fit the graph into view' }),
  );
  await waitFor(() => expect(drawn()).toBe(large().nodes.length));
});
