/** A route's key taken apart: `GET /accounts/{id}`, `ANY /{proxy+}` or `$default`. */
interface Pattern {
  readonly method: string;
  readonly segments: readonly string[];
}

export interface RouteMatch<T> {
  readonly route: T;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Finds the route for a request as HTTP APIs do: a literal segment before a variable, a variable before a greedy one, a
 * method before `ANY`, `$default` last. `path` is decoded already, as API Gateway decodes before it routes.
 */
export function matchRoute<T extends { readonly routeKey: string }>(
  routes: readonly T[],
  method: string,
  path: string,
): RouteMatch<T> | undefined {
  const segments = path.split('/').slice(1);
  const candidates = routes.flatMap((route) => {
    if (route.routeKey === '$default') return [{ route, pathParameters: {}, rank: [9] }];
    const pattern = parseKey(route.routeKey);
    if (pattern.method !== 'ANY' && pattern.method !== method) return [];
    const pathParameters = matchSegments(pattern.segments, segments);
    if (!pathParameters) return [];
    return [{ route, pathParameters, rank: [...pattern.segments.map(rankOf), pattern.method === 'ANY' ? 1 : 0] }];
  });
  return candidates.sort((a, b) => compareRanks(a.rank, b.rank))[0];
}

function parseKey(routeKey: string): Pattern {
  const [method = '', path = ''] = routeKey.split(' ');
  return { method, segments: path.split('/').slice(1) };
}

function matchSegments(pattern: readonly string[], actual: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [i, segment] of pattern.entries()) {
    const name = /^\{(.+?)\+?\}$/.exec(segment)?.[1];
    if (segment.endsWith('+}')) {
      const rest = actual.slice(i).join('/');
      // The root, and a prefix with nothing after it, are no children of it.
      return rest === '' ? undefined : { ...parameters, [name ?? '']: rest };
    }
    const value = actual[i];
    if (value === undefined || (name === undefined ? value !== segment : value === '')) return undefined;
    if (name !== undefined) parameters[name] = value;
  }
  return actual.length === pattern.length ? parameters : undefined;
}

const rankOf = (segment: string): number => (segment.endsWith('+}') ? 2 : segment.startsWith('{') ? 1 : 0);

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
