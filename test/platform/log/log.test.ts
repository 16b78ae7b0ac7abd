import { describe, expect, it } from 'vitest'
import { tooMany } from '../../../src/kernel/errors.ts'
import { createLog, type LogOptions } from '../../../src/platform/log/log.ts'
import type { LogFields } from '../../../src/platform/log/log-fields.ts'
import { createMetrics } from '../../../src/platform/log/metrics.ts'

function written(level: LogOptions['level'] = 'info') {
  const lines: string[] = []
  const log = createLog({ level, destination: { write: (line) => void lines.push(line) } })
  return { log, text: () => lines.join(''), lines: () => lines.map((line) => JSON.parse(line)) }
}

const canaries = [
  'ana.canary@example.es',
  '+34600111222',
  '600111222',
  'Ana Canaria',
  'tok_canary secret',
  '123456',
]

describe('the log', () => {
  it('writes what happened with the fields it was given, and those of its request', () => {
    const { log, lines } = written()
    const requestId = '01980000-0000-7000-8000-00000000000a'
    log.with({ requestId }).info('http.answered', { route: '/sign-in/:step', status: 200, durationMs: 3.5 })
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^20\d\d-/),
        requestId,
        route: '/sign-in/:step',
        status: 200,
        durationMs: 3.5,
        event: 'http.answered',
      },
    ])
  })

  it('drops whatever is not on the list or has not its shape, whoever casts it past the types (R101)', () => {
    const { log, text, lines } = written()
    for (const canary of canaries) {
      const smuggled = {
        email: canary,
        kind: canary,
        reason: canary,
        route: canary,
        subjectId: canary,
        status: canary,
      }
      const nested = { kind: { email: canary }, password: canary }
      log.info('sign-in.refused', smuggled as unknown as LogFields)
      log.with(smuggled as unknown as LogFields).info(canary, nested as unknown as LogFields)
    }
    for (const canary of canaries) expect(text()).not.toContain(canary)
    expect(lines()[0]).toMatchObject({ kind: '[dropped]', subjectId: '[dropped]', event: 'sign-in.refused' })
    expect(lines()[1]).toMatchObject({ event: 'unnamed' })
  })

  it('tells of an error what it is and where, never what it says (R101)', () => {
    const { log, text, lines } = written()
    const database = Object.assign(new Error('Key (email)=(ana.canary@example.es) already exists'), {
      code: '23505',
      detail: 'Key (email)=(ana.canary@example.es)',
      table: 'identifiers',
      constraint: 'identifiers_pkey',
    })
    database.name = 'ana.canary@example.es'
    const busy = tooMany('sign-in-account', 'ana.canary@example.es', 60)
    log.error('job.failed', { job: 'relay' }, new Error('outer ana.canary@example.es', { cause: database }))
    log.warn('sign-in.limited', {}, busy)
    log.warn('odd', {}, 'ana.canary@example.es')
    expect(text()).not.toContain('canary')
    expect(lines()[0].error.cause).toMatchObject({
      name: 'Error',
      code: '23505',
      where: 'identifiers identifiers_pkey',
    })
    expect(lines()[0].error.stack[0]).toContain('log.test.ts')
    expect(lines()[1].error).toMatchObject({ name: 'PlacetError', code: 'sign-in-account' })
  })

  it('says nothing below its level', () => {
    const { log, lines } = written('warn')
    log.debug('a')
    log.info('b')
    log.warn('c')
    expect(lines().map((line) => line.event)).toEqual(['c'])
  })
})

describe('the metrics', () => {
  it('are published under one prefix, with what was counted', async () => {
    const metrics = createMetrics({ process: false })
    metrics.logins.inc({ method: 'passkey', outcome: 'ok' })
    metrics.httpSeconds.observe({ method: 'GET', route: '/userinfo', status: '200' }, 0.012)
    metrics.outboxWaiting.set(3)
    const { body, contentType } = await metrics.expose()
    expect(contentType).toContain('text/plain')
    expect(body).toContain('placet_logins_total{method="passkey",outcome="ok"} 1')
    expect(body).toContain(
      'placet_http_request_seconds_bucket{le="0.02",method="GET",route="/userinfo",status="200"} 1',
    )
    expect(body).toContain('placet_outbox_waiting 3')
    const names = [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
    expect(names.every((name) => name?.startsWith('placet_'))).toBe(true)
  })

  it('can be made twice in one process, and carry its own numbers', async () => {
    const [one, other] = [createMetrics({ process: true }), createMetrics({ process: true })]
    one.mails.inc({ kind: 'sign-in-code', outcome: 'sent' })
    expect((await other.expose()).body).not.toContain('placet_mails_total{')
    expect((await other.expose()).body).toContain('placet_process_resident_memory_bytes')
  })
})
