/**
 * The title that FastAPI gives a name: `max_new_tokens` is `Max New Tokens`, `top_k2x` is
 * `Top K2X`. Python's `str.title()` begins a word after anything that is no letter, digits included.
 */
export function titleOf(name: string): string {
  return name
    .replaceAll('_', ' ')
    .replace(/[A-Za-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
}
