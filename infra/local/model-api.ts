import { ofType, type Resource } from './assembly.ts';
import type { AuthorizerModel } from './http-authorizer.ts';

export interface RouteModel {
  /** `GET /accounts/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  /** Absent: open to everybody. */
  readonly authorizerId?: string;
  readonly scopes: readonly string[];
}

/** The HTTP API of the template. */
export interface ApiModel {
  readonly id: string;
  readonly routes: readonly RouteModel[];
  /** By id. */
  readonly authorizers: ReadonlyMap<string, AuthorizerModel>;
}

/** What an integration has when the template says nothing. */
const DEFAULT_TIMEOUT_MS = 30_000;
const HEADER_OF_TOKENS = '$request.header.Authorization';

/** The API with its routes; undefined when the template has none. Throws when routes lead nowhere, or may not. */
export function apiOf(resources: readonly Resource[]): ApiModel | undefined {
  const [api, ...others] = ofType(resources, 'AWS::ApiGatewayV2::Api');
  if (!api) return undefined;
  if (others.length > 0) throw new Error('The local stack serves one HTTP API, the template has several');
  const routes = ofType(resources, 'AWS::ApiGatewayV2::Route').map(({ properties }) => routeOf(properties, resources));
  return { id: api.identity!.ref, routes, authorizers: authorizersOf(resources) };
}

function routeOf(properties: Resource['properties'], resources: readonly Resource[]): RouteModel {
  const routeKey = String(properties.RouteKey);
  const integration = ofType(resources, 'AWS::ApiGatewayV2::Integration').find(
    ({ identity }) => properties.Target === `integrations/${identity!.ref}`,
  );
  if (!integration) throw new Error(`The route "${routeKey}" has no integration`);
  const functionArn = functionArnIn(String(integration.properties.IntegrationUri));
  if (!mayInvoke(functionArn, resources)) {
    throw new Error(`The route "${routeKey}": no AWS::Lambda::Permission lets API Gateway invoke ${functionArn}`);
  }
  return {
    routeKey,
    functionArn,
    timeoutMs: Number(integration.properties.TimeoutInMillis ?? DEFAULT_TIMEOUT_MS),
    ...(properties.AuthorizationType === 'JWT' && { authorizerId: String(properties.AuthorizerId) }),
    scopes: (properties.AuthorizationScopes as readonly string[] | undefined) ?? [],
  };
}

/** The function's ARN, whether it stands alone or in API Gateway's invocation path. */
const functionArnIn = (uri: string): string => /functions\/(arn:.+)\/invocations$/.exec(uri)?.[1] ?? uri;

const mayInvoke = (functionArn: string, resources: readonly Resource[]): boolean =>
  ofType(resources, 'AWS::Lambda::Permission').some(
    ({ properties }) => properties.FunctionName === functionArn && properties.Principal === 'apigateway.amazonaws.com',
  );

function authorizersOf(resources: readonly Resource[]): ReadonlyMap<string, AuthorizerModel> {
  return new Map(
    ofType(resources, 'AWS::ApiGatewayV2::Authorizer').map(({ logicalId, properties, identity }) => {
      const jwt = properties.JwtConfiguration as { Issuer: string; Audience: readonly string[] };
      const identitySource = properties.IdentitySource as readonly string[];
      if (identitySource.join() !== HEADER_OF_TOKENS) {
        throw new Error(`${logicalId}: tokens are honoured in ${HEADER_OF_TOKENS} only`);
      }
      return [identity!.ref, { issuer: jwt.Issuer, audience: jwt.Audience }] as const;
    }),
  );
}
