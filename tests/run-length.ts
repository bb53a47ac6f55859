/**
 * Undoes the shorthand of the data files, where `«9*4301»` stands for 4301 nines: a limit is seen
 * at a glance, and the files stay small.
 */
export function expand(text: string): string {
  return text.replace(/«(.+?)\*(\d+)»/gs, (_whole, unit: string, times: string) =>
    unit.repeat(Number(times)),
  );
}
