import { useCallback, useState, type RefCallback } from 'react';

/** Width of an element in whole pixels, followed as it changes; `first` until it is known. */
export function useWidth<Of extends HTMLElement>(first: number): readonly [RefCallback<Of>, number] {
  const [width, setWidth] = useState(first);
  const ref = useCallback((element: Of | null) => {
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
