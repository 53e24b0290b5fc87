/**
 * Imported before the product: ten thousand worlds write no log, no metric and no trace. Only Powertools and X-Ray read
 * these, when they are loaded; X-Ray's hooks into every promise would cost as much as all the rest.
 */
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
process.env.POWERTOOLS_TRACE_ENABLED = 'false';
process.env.AWS_XRAY_MANUAL_MODE = 'true';
