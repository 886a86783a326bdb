import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { demoApi, edge, node, renderTab, topology } from '../../__testUtils__';
import { layoutAside } from './graph/layoutAside';
import { layoutGraph } from './graph/layoutGraph';

jest.mock('./graph/layoutAside', () => ({ layoutAside: jest.fn() }));

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
