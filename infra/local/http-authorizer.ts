import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';

export interface AuthorizerModel {
  readonly issuer: string;
  readonly audience: readonly string[];
}

export type Authorized =
  | {
      readonly outcome: 'allowed';
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[] | null;
    }
  | { readonly outcome: 'unauthorized' | 'forbidden' };

/** Checks a token as the JWT authorizer of an HTTP API does. */
export type Authorize = (token: string | undefined, neededScopes: readonly string[]) => Promise<Authorized>;

/** An authorizer that takes the issuer's public keys from `jwksUrl`. */
export function createAuthorizer({ issuer, audience }: AuthorizerModel, jwksUrl: string): Authorize {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  return async (token, neededScopes) => {
    const payload = token === undefined ? undefined : await verified(token, keys, issuer);
    // Access tokens name their client in `client_id` instead of `aud`.
    const meant = [payload?.aud ?? payload?.client_id ?? []].flat();
    if (!payload || !meant.some((name) => audience.includes(String(name)))) return { outcome: 'unauthorized' };
    const scopes = typeof payload.scope === 'string' ? payload.scope.split(' ') : null;
    if (neededScopes.length > 0 && !neededScopes.some((scope) => scopes?.includes(scope)))
      return { outcome: 'forbidden' };
    const claims = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
    return { outcome: 'allowed', claims, scopes };
  };
}

async function verified(
  token: string,
  keys: ReturnType<typeof createRemoteJWKSet>,
  issuer: string,
): Promise<JWTPayload | undefined> {
  try {
    return (await jwtVerify(token, keys, { issuer, algorithms: ['RS256'], requiredClaims: ['exp'] })).payload;
  } catch {
    // Whatever is wrong with a token, its bearer learns only that it is.
    return undefined;
  }
}

/** HTTP APIs hand every claim over as text; a list becomes `[a b]`. */
function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(String).join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
