import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/*
 * Every number we publish, in one place. Labels come from closed sets (route patterns, outcomes, declared names), never
 * from what a stranger sent: neither a person nor an unbounded series can get in.
 */
export interface Metrics {
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>
  readonly logins: Counter<'method' | 'outcome'>
  readonly consentEvents: Counter<'type' | 'contact_channel'>
  readonly tokens: Counter<'grant' | 'outcome'>
  readonly disclosures: Counter<'recipient' | 'exit'>
  readonly limiterRefusals: Counter<'limit'>
  readonly limiterFallbacks: Counter
  readonly mails: Counter<'kind' | 'outcome'>
  readonly sms: Counter<'kind' | 'outcome'>
  readonly egress: Counter<'purpose' | 'outcome'>
  /** What somebody should look into, by the type of its event. */
  readonly alarms: Counter<'event'>
  readonly hashSeconds: Histogram<'work'>
  readonly outboxWaiting: Gauge
  /** Seconds since 1970; moved by a proof without faults alone, so that its age is what to be woken by. */
  readonly ledgerVerifiedAt: Gauge
  readonly ledgerFaults: Counter
  /** The page a scraper reads; served on the management port only. */
  expose(): Promise<{ readonly contentType: string; readonly body: string }>
}

/** Seconds; the low end resolves the budgets of the hot paths (p99 ≤ 20–35 ms). */
const buckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.035, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export function createMetrics(options: { readonly process: boolean } = { process: true }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (options.process) collectDefaultMetrics({ register: registry, prefix: 'placet_' })

  const counter = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `placet_${name}_total`, help, labelNames, registers })
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `placet_${name}`, help, labelNames, registers })
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name: `placet_${name}_seconds`, help, labelNames, buckets, registers })

  return {
    httpSeconds: histogram('http_request', 'Answered requests', ['method', 'route', 'status']),
    logins: counter('logins', 'Sign-ins tried', ['method', 'outcome']),
    consentEvents: counter('consent_events', 'Consent events appended', ['type', 'contact_channel']),
    tokens: counter('tokens', 'Token requests', ['grant', 'outcome']),
    disclosures: counter('disclosures', 'Disclosures recorded', ['recipient', 'exit']),
    limiterRefusals: counter('limiter_refusals', 'Requests over a limit', ['limit']),
    limiterFallbacks: counter('limiter_fallbacks', 'Limits counted in memory for want of a database'),
    mails: counter('mails', 'Messages handed over', ['kind', 'outcome']),
    sms: counter('sms', 'Text messages handed over', ['kind', 'outcome']),
    egress: counter('egress', 'Requests to the outside', ['purpose', 'outcome']),
    alarms: counter('alarms', 'Events that somebody should look into', ['event']),
    hashSeconds: histogram('hash', 'Password work, waiting included', ['work']),
    outboxWaiting: gauge('outbox_waiting', 'Undelivered events'),
    ledgerVerifiedAt: gauge('ledger_verified_at', 'When the consent log was last proven intact'),
    ledgerFaults: counter('ledger_faults', 'Faults found in the consent log'),
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  }
}
