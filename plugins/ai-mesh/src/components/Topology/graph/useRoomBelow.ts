import { RefObject, useLayoutEffect, useState } from 'react';

/** Pixels below an element's top in the window, as the page opens; follows the window's size. */
export function useRoomBelow(element: RefObject<HTMLElement>): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const top = element.current?.getBoundingClientRect().top ?? 0;
      // Scrolled down, the element begins higher than where the page opened.
      setRoom(window.innerHeight - Math.max(top, 0));
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [element]);
  return room;
}
