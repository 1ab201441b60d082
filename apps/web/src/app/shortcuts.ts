import { useEffect, useLayoutEffect, useRef } from 'react';

type Handler = (event: KeyboardEvent) => void;

/**
 * Single-key shortcuts of the page on screen. Keys typed into a field, with a modifier, or while a dialog is open are not shortcuts.
 * What appeared last is asked first, and a handler that runs ends the key; the `frame` around the pages is asked after all of them.
 */
export function useShortcuts(handlers: Readonly<Record<string, Handler>>, place: 'page' | 'frame' = 'page'): void {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const layer = { handle: (event: KeyboardEvent) => run(latest.current[event.key], event) };
    if (place === 'frame') layers.push(layer);
    else layers.unshift(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  }, [place]);
}

const layers: { handle: (event: KeyboardEvent) => boolean }[] = [];

function run(handler: Handler | undefined, event: KeyboardEvent): boolean {
  if (handler === undefined) return false;
  event.preventDefault();
  handler(event);
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}

if (typeof window !== 'undefined') {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector('[role="dialog"]') !== null) return;
    layers.some((layer) => layer.handle(event));
  });
}
