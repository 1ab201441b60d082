import { useEffect, useLayoutEffect, useRef } from 'react';

type Handler = (event: KeyboardEvent) => void;

/**
 * Single-key shortcuts of the page on screen. Keys typed into a field, with a modifier, or while a dialog is open are not shortcuts.
 * A handler that runs ends the key: shortcuts of the frame around it (registered earlier) do not see it.
 */
export function useShortcuts(handlers: Readonly<Record<string, Handler>>): void {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const layer = { handle: (event: KeyboardEvent) => run(latest.current[event.key], event) };
    layers.unshift(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  }, []);
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
