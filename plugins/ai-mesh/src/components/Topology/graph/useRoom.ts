import { RefObject, useLayoutEffect, useState } from 'react';

/** Pixels. */
export interface Room {
  /** An element's own width, with its border. */
  width: number;
  /** From its top down to the end of the window, as the page opens. */
  below: number;
}

/** The room that an element has; follows the window's size. Undefined until the element is there to be measured. */
export function useRoom(element: RefObject<HTMLElement>): Room | undefined {
  const [room, setRoom] = useState<Room>();
  useLayoutEffect(() => {
    const measure = () => {
      const { current } = element;
      const top = current?.getBoundingClientRect().top ?? 0;
      setRoom({
        width: current?.offsetWidth ?? 0,
        // Scrolled down, the element begins higher than where the page opened.
        below: window.innerHeight - Math.max(top, 0),
      });
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [element]);
  return room;
}
