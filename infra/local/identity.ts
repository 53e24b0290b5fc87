import { OAuth2Server } from 'oauth2-mock-server';

/** Who a token speaks for. */
export interface Bearer {
  readonly sub: string;
  /** Any of finance, ops, staff, billing-admin. */
  readonly groups: readonly string[];
  /** The one account of a billing admin. */
  readonly accountId?: string;
  /** The sellers a member of the telecom's staff works for; `*` is all. */
  readonly sellers?: readonly string[];
  readonly email?: string;
}

/** Signs ID tokens as the template's user pool would. */
export interface IdentityServer {
  /** Where its public keys are. */
  readonly jwksUrl: string;
  /** A signed ID token; an hour of the machine's time unless told, in seconds. Negative: expired already. */
  token(bearer: Bearer, expiresInSeconds?: number): Promise<string>;
  stop(): Promise<void>;
}

/** Starts it on a free port. `issuer` and `audience` are those that the template's authorizer demands. */
export async function startIdentity({
  issuer,
  audience,
}: {
  issuer: string;
  audience: string;
}): Promise<IdentityServer> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  server.issuer.url = issuer;
  return {
    jwksUrl: `http://127.0.0.1:${server.address().port}/jwks`,
    token: ({ sub, groups, accountId, sellers, email }, expiresIn = 3_600) =>
      server.issuer.buildToken({
        expiresIn,
        scopesOrTransform: (_header, payload) => {
          Object.assign(payload, {
            sub,
            aud: audience,
            token_use: 'id',
            'cognito:username': sub,
            'cognito:groups': groups,
          });
          if (accountId !== undefined) payload['custom:accountId'] = accountId;
          if (sellers !== undefined) payload['custom:sellers'] = sellers.join(',');
          if (email !== undefined) payload.email = email;
        },
      }),
    stop: () => server.stop(),
  };
}
