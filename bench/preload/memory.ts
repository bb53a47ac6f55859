/**
 * Loaded into a server with `--expose-gc --import`: when the bench asks over the channel, collects
 * the garbage and tells what is left. A channel and not a signal: it works on every system.
 */
process.on('message', () => {
  // Twice, as what a finalizer lets go is only freed by the next collection.
  globalThis.gc?.();
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
process.on('disconnect', () => process.exit(0));
// A server that has nothing else to do must be able to end.
process.channel?.unref();
