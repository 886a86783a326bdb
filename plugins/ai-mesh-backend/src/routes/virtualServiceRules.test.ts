import { meshOf, virtualService } from './__testUtils__/meshOf';
import { virtualServiceRules } from './virtualServiceRules';

describe('the rules of a VirtualService, which are read once', () => {
  const mesh = meshOf(
    virtualService('chat', {
      http: [
        { timeout: 'soon', route: [{ destination: { host: 'chat' } }] },
        { match: [{ gateways: ['front'] }] },
      ],
    }),
  );
  const object = mesh.get('VirtualService', 'ai', 'chat')!;
  const read = (gateways: string[], reported: string[] = []) =>
    virtualServiceRules(mesh, object, gateways, path => reported.push(path));

  it('are the same at every reading, and so is what cannot be read of them', () => {
    const [first, second]: string[][] = [[], []];
    expect(read(['mesh'], second)).toBe(read(['mesh'], first));
    expect(first).toEqual(['spec.http[0].timeout']);
    expect(second).toEqual(first);
  });

  it('are read anew for other gateways', () => {
    const gatewaysOf = (...gateways: string[]) =>
      read(gateways).map(({ blocks }) => blocks.map(one => one.gateways));
    expect(gatewaysOf('mesh')).toEqual([[['mesh']], [['ai/front']]]);
    expect(gatewaysOf('ai/other')).toEqual([[['ai/other']], [['ai/front']]]);
  });
});
