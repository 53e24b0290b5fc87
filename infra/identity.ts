import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  Mfa,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolGroup,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Stage } from '../shared/runtime/stage.ts';
import { namePrefix } from './billing-function.ts';

const GROUPS = {
  finance: 'Lists and downloads the invoices of its sellers',
  ops: 'Lists and redrives failed jobs of its sellers',
  staff: 'Creates and changes accounts of its sellers',
  provisioning: 'Confirms that services of its sellers’ customers are off or back: a machine',
  'billing-admin': 'Sees and pays the invoices of its own account',
} as const;

/**
 * Who may use the API. People are created by an administrator, who alone decides on their groups, their account
 * (`custom:accountId`), what of it they may do (`custom:grants`; without it everything) and their sellers (`custom:sellers`).
 * The API reads these from the ID token.
 */
export class Identity extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: namePrefix(stage),
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      customAttributes: {
        accountId: new StringAttribute({ mutable: true, maxLen: 64 }),
        sellers: new StringAttribute({ mutable: true, maxLen: 1024 }),
        grants: new StringAttribute({ mutable: true, maxLen: 256 }),
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.client = new UserPoolClient(this, 'Client', {
      userPool: this.pool,
      authFlows: { userSrp: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.minutes(60),
      accessTokenValidity: Duration.minutes(60),
      refreshTokenValidity: Duration.days(1),
      // Nobody may write their own account, grants or sellers: these decide what a token opens.
      writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true, email: true }),
    });
    for (const [groupName, description] of Object.entries(GROUPS)) {
      new UserPoolGroup(this, `Group-${groupName}`, { userPool: this.pool, groupName, description });
    }
    for (const rule of ['AwsSolutions-COG3', 'AwsSolutions-COG8']) {
      Validations.of(this.pool).acknowledge({
        id: rule,
        reason: 'Threat protection is priced per user and month; a second factor is required of everybody instead',
      });
    }
  }

  get issuer(): string {
    return this.pool.userPoolProviderUrl;
  }
}
