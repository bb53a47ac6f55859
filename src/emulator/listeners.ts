/** Who is told of something, each once for every time that it happens. */
export interface Listeners {
  /** Adds a listener; the returned function takes it away again. */
  add(listener: () => void): () => void;
  tell(): void;
}

/** Begins with nobody. Unlike an `AbortSignal`, it takes thousands and forgets them at no cost. */
export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell() {
      // Whoever is told may take itself away, or others.
      for (const listener of [...listeners]) if (listeners.has(listener)) listener();
    },
  };
}
