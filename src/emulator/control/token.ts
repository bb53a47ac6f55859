const encoder = new TextEncoder();

/**
 * Compares without telling by the time it takes how much was right: the time depends on the length
 * of what was given, and on nothing of the secret. An empty secret equals nothing.
 */
export function equalsSecret(given: string, secret: string): boolean {
  const givenBytes = encoder.encode(given);
  const secretBytes = encoder.encode(secret);
  if (secretBytes.length === 0) return false;
  let difference = givenBytes.length ^ secretBytes.length;
  for (let index = 0; index < givenBytes.length; index += 1) {
    difference |= (givenBytes[index] ?? 0) ^ (secretBytes[index % secretBytes.length] ?? 0);
  }
  return difference === 0;
}

/** The token of an `Authorization: Bearer ‹token›` header; null when it is something else. */
export function bearerToken(authorization: string | null): string | null {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? null;
}
