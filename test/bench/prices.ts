/**
 * List prices in us-east-1, in dollars, from the services' pricing pages as of 2026: DynamoDB on demand, SQS standard,
 * Lambda on arm64, S3 standard, KMS. Free tiers are left out.
 */
export const PRICES = {
  dynamoDbWriteUnit: 0.625 / 1e6,
  dynamoDbReadUnit: 0.125 / 1e6,
  sqsRequest: 0.4 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  lambdaGigabyteSecond: 0.0000133334,
  s3Put: 5 / 1e6,
  s3Get: 0.4 / 1e6,
} as const;
