import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ImpactAlarm } from './alarm.ts';
import { BillingFunction, type BillingFunctionProps, namePrefix } from './billing-function.ts';
import type { Identity } from './identity.ts';

/** What anybody may read: neither says anything about a customer. */
const OPEN_PATHS = ['/health', '/openapi.json'];

/** The HTTP API's function behind its gateway. Nothing but the open paths gets to it without a valid token. */
export class HttpEntry extends BillingFunction {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: BillingFunctionProps & { readonly identity: Identity }) {
    super(scope, id, props);
    const { stage, identity } = props;
    this.api = new HttpApi(this, 'Api', { apiName: namePrefix(stage), createDefaultStage: false });
    const logGroup = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/http-api/${namePrefix(stage)}`,
      retention: stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        // The route instead of the path, and no address of the caller: a path may hold what should not be logged.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTime',
            route: '$context.routeKey',
            status: '$context.status',
            latency: '$context.responseLatency',
            subject: '$context.authorizer.claims.sub',
            error: '$context.error.message',
          }),
        ),
      },
    });
    this.route(identity);
    new ImpactAlarm(this, 'Failing', {
      name: 'api-failing',
      impact: props.impact,
      topic: props.alarms,
      metric: this.api.metricServerError({ period: Duration.minutes(5) }),
      threshold: 5,
      periods: 3,
    });
  }

  /** A path that the processor posts to without a token: its signature is verified by the function itself. */
  takesWebhooks(path: string, { function: target }: BillingFunction): void {
    const [route] = this.api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Webhooks', target),
      authorizer: new HttpNoneAuthorizer(),
    });
    if (!route) throw new Error(`no route for ${path}`);
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The processor has no token of ours: each request carries a signature over its raw body, which is verified',
    });
  }

  private route({ issuer, client }: Identity): void {
    const integration = new HttpLambdaIntegration('Integration', this.function);
    this.api.addRoutes({
      path: '/{proxy+}',
      methods: [HttpMethod.ANY],
      integration,
      authorizer: new HttpJwtAuthorizer('Tokens', issuer, { jwtAudience: [client.userPoolClientId] }),
    });
    for (const path of OPEN_PATHS) {
      const [route] = this.api.addRoutes({
        path,
        methods: [HttpMethod.GET],
        integration,
        authorizer: new HttpNoneAuthorizer(),
      });
      if (!route) throw new Error(`no route for ${path}`);
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'Health and the API description are public: they say nothing about any customer',
      });
    }
  }
}
