import '@testing-library/jest-dom';
import 'jest-axe/extend-expect';
import { configure } from '@testing-library/react';

// Screens and their libraries load lazily, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);

// jsdom lays nothing out: these give the graph and the charts a size, and nothing more.
class StillResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
global.ResizeObserver ??= StillResizeObserver;

/** The graph reads only the zoom of a transform. */
class UnitMatrix {
  readonly m22 = 1;
}
Object.defineProperties(window, {
  DOMMatrixReadOnly: { configurable: true, value: UnitMatrix },
});

Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: { configurable: true, get: () => 600 },
  offsetWidth: { configurable: true, get: () => 1000 },
  scrollIntoView: {
    configurable: true,
    writable: true,
    value: () => undefined,
  },
});

Object.defineProperty(SVGElement.prototype, 'getBBox', {
  configurable: true,
  value: () => ({ x: 0, y: 0, width: 0, height: 0 }),
});
