import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/**
 * How wide an element is, in pixels, as long as it is shown.
 *
 * @param first - until it is known
 */
export function useWidth(first: number): [RefObject<HTMLDivElement>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) {
      return undefined;
    }
    // What is not laid out has no width, and draws as if it had the usual one.
    const measure = () => setWidth(was => current.clientWidth || was);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
