import type { Entity } from '@backstage/catalog-model';
import { hasAiMeshTab } from './hasAiMeshTab';

const entityOf = (name: string, namespace?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace },
});

describe('the tab of an entity without an annotation', () => {
  afterEach(() => window.history.replaceState(null, '', '/'));

  it.each([
    ['/catalog/default/component/Cart/ai-mesh', entityOf('Cart')],
    ['/catalog/default/component/cart/ai-mesh/', entityOf('cart', 'default')],
    ['/catalog/shop/component/cart/ai-mesh/slo', entityOf('cart', 'shop')],
    ['/portal/entities/component/default/cart/ai-mesh', entityOf('cart')],
    ['/catalog/default/component/ai-mesh/ai-mesh', entityOf('ai-mesh')],
    ['/ai-mesh/catalog/default/component/cart/ai-mesh', entityOf('cart')],
  ])('is there at %s, which asks for it', (path, entity) => {
    window.history.replaceState(null, '', path);
    expect(hasAiMeshTab(entity)).toBe(true);
  });

  it.each([
    ['/catalog/default/component/cart', entityOf('cart')],
    ['/catalog/default/component/ai-mesh', entityOf('ai-mesh')],
    ['/catalog/default/component/ai-mesh/docs', entityOf('ai-mesh')],
    ['/catalog/ai-mesh/component/cart', entityOf('cart', 'ai-mesh')],
    ['/ai-mesh/catalog/default/component/cart', entityOf('cart')],
    ['/ai-mesh/catalog/default/component/ai-mesh/docs', entityOf('ai-mesh')],
    ['/catalog/default/component/cart/docs/ai-mesh', entityOf('cart')],
    ['/catalog/default/component/cart/ai-mesh-docs', entityOf('cart')],
    ['/catalog/default/component/other/ai-mesh', entityOf('cart')],
  ])('is not there at %s', (path, entity) => {
    window.history.replaceState(null, '', path);
    expect(hasAiMeshTab(entity)).toBe(false);
  });
});
