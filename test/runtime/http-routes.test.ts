import { describe, expect, it } from 'vitest';
import { matchRoute } from '../../infra/local/http-routes.ts';

const routes = [
  '$default',
  'ANY /{proxy+}',
  'GET /accounts',
  'GET /accounts/{id}',
  'ANY /accounts/{id}',
  'GET /accounts/mine',
  'POST /accounts/{id}/{rest+}',
].map((routeKey) => ({ routeKey }));

describe('a request takes the most specific route, as on API Gateway', () => {
  it.each([
    ['GET', '/accounts', 'GET /accounts', {}],
    ['GET', '/accounts/mine', 'GET /accounts/mine', {}],
    ['GET', '/accounts/a1', 'GET /accounts/{id}', { id: 'a1' }],
    ['PUT', '/accounts/a1', 'ANY /accounts/{id}', { id: 'a1' }],
    ['POST', '/accounts/a1/b/c', 'POST /accounts/{id}/{rest+}', { id: 'a1', rest: 'b/c' }],
    ['GET', '/accounts/a1/b/c', 'ANY /{proxy+}', { proxy: 'accounts/a1/b/c' }],
    ['GET', '/accounts/', 'ANY /{proxy+}', { proxy: 'accounts/' }],
    ['GET', '/', '$default', {}],
  ])('%s %s', (method, path, routeKey, pathParameters) => {
    expect(matchRoute(routes, method, path)).toMatchObject({ route: { routeKey }, pathParameters });
  });

  it('and none when no route fits', () => {
    expect(matchRoute([{ routeKey: 'GET /a' }], 'POST', '/a')).toBeUndefined();
    expect(matchRoute([{ routeKey: 'ANY /{proxy+}' }], 'GET', '/')).toBeUndefined();
  });
});
