import type { RequestListener } from 'node:http'

export interface Health {
  /** True when this process should receive traffic: database reachable, keys loaded, not shutting down. */
  ready(): Promise<{ readonly ready: boolean; readonly checks: Readonly<Record<string, boolean>> }>
}

/** The management port: for probes and scrapers inside the house, never exposed. No personal data passes through it. */
export function managementHandler(
  health: Health,
  metrics: () => Promise<{ type: string; text: string }>,
): RequestListener {
  return async (req, res) => {
    const send = (status: number, type: string, body: string) =>
      res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
    if (req.method !== 'GET' && req.method !== 'HEAD') return send(405, 'text/plain', 'Only GET.\n')
    try {
      switch (req.url?.split('?', 1)[0]) {
        case '/health/live':
          return send(200, 'application/json', '{"live":true}')
        case '/health/ready': {
          const report = await health.ready().catch(() => ({ ready: false, checks: {} }))
          return send(report.ready ? 200 : 503, 'application/json', JSON.stringify(report))
        }
        case '/metrics': {
          const { type, text } = await metrics()
          return send(200, type, text)
        }
        default:
          return send(404, 'text/plain', 'Not found. Try /health/live, /health/ready or /metrics.\n')
      }
    } catch {
      return send(500, 'text/plain', 'Failed.\n')
    }
  }
}
