/** Fills the generated parts of a page: what stands between `<!-- generated: name -->` and its end. */
export function fillRegions(page: string, parts: Readonly<Record<string, string>>): string {
  const met = new Set<string>();
  const filled = page.replace(
    /(<!-- generated: ([\w-]+) -->\n)[\s\S]*?(<!-- end of generated -->)/g,
    (_whole, begin: string, name: string, end: string) => {
      const part = parts[name];
      if (part === undefined) throw new Error(`nothing is generated for "${name}"`);
      met.add(name);
      return `${begin}\n${part}\n\n${end}`;
    },
  );
  const missing = Object.keys(parts).filter((name) => !met.has(name));
  if (missing.length > 0) throw new Error(`the page has no place for ${missing.join(', ')}`);
  return filled;
}
