import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'

/* The worker as a browser runs it: it hears two events, and has a registration and windows to answer them with. */
const source = readFileSync(new URL('../../views/assets/push-worker.js', import.meta.url), 'utf8')
const link = `/call-approval/${'a'.repeat(43)}`

interface Shown {
  title: string
  options: Record<string, unknown>
  closed: boolean
}

function startWorker(now = 0) {
  const hears = new Map<string, (event: object) => void>()
  const shown: Shown[] = []
  const timers: { after: number; act: () => void }[] = []
  const waited: Promise<unknown>[] = []
  const waitUntil = (work: Promise<unknown>) => void waited.push(work)
  const opened: string[] = []
  runInNewContext(source, {
    addEventListener: (type: string, listener: (event: object) => void) => hears.set(type, listener),
    registration: {
      showNotification: async (title: string, options: Record<string, unknown>) => {
        // One of the same tag gives way, as the Notifications standard has it.
        for (const one of shown) if (one.options['tag'] === options['tag']) one.closed = true
        shown.push({ title, options, closed: false })
      },
      getNotifications: async () =>
        shown
          .filter(({ closed }) => !closed)
          .map((one) => ({ data: one.options['data'], close: () => Object.assign(one, { closed: true }) })),
    },
    Date: { now: () => now },
    setTimeout: (act: () => void, after: number) => void timers.push({ act, after }),
    clients: { openWindow: async (url: string) => void opened.push(url) },
  })
  return {
    hears: [...hears.keys()],
    shown,
    opened,
    timers,
    push: async (data: object) => {
      hears.get('push')?.({ data: { json: () => data }, waitUntil })
      // Until it is shown; what comes after waits for the time of the request.
      await new Promise((done) => setImmediate(done))
    },
    settled: () => Promise.all(waited),
    lying: () => shown.filter(({ closed }) => !closed).map(({ options }) => options['body']),
    click: (data: unknown) => {
      let closed = false
      hears.get('notificationclick')?.({
        notification: { data, close: () => (closed = true) },
        waitUntil,
      })
      return closed
    },
  }
}

describe('the worker that shows what the house sends', () => {
  it('has two things to do and no others: it stands between no page and the network', () => {
    expect(startWorker().hears).toEqual(['push', 'notificationclick'])
    expect(source).not.toMatch(/'fetch'|fetch\(|caches|importScripts|indexedDB/)
  })

  const asking = (body: string, until: number, letter = 'a') => ({
    title: 'Tienda Norte: ¿estás hablando con nosotros?',
    body,
    path: `/call-approval/${letter.repeat(43)}`,
    lang: 'es',
    until,
  })

  it('shows the words that came, and keeps the way to the page', async () => {
    const worker = startWorker()
    await worker.push(asking('LUNA-48?', 300_000))
    expect(worker.shown).toMatchObject([
      {
        title: 'Tienda Norte: ¿estás hablando con nosotros?',
        options: {
          body: 'LUNA-48?',
          lang: 'es',
          data: { path: link, until: 300_000 },
          requireInteraction: true,
        },
      },
    ])
  })

  it('rings for every request, beside one that lies there or in its place, and never in silence', async () => {
    const worker = startWorker()
    await worker.push(asking('LUNA-48?', 300_000))
    await worker.push(asking('SOL-11?', 300_000, 'b'))
    expect(worker.lying()).toEqual(['LUNA-48?', 'SOL-11?'])
    // Sent again, it takes its own place, and a browser that replaces rings only where it is told to.
    await worker.push(asking('SOL-11?', 300_000, 'b'))
    expect(worker.lying()).toEqual(['LUNA-48?', 'SOL-11?'])
    expect(worker.shown.map(({ options }) => options['renotify'])).toEqual([true, true, true])
  })

  it('takes a request away when its time is over, at the latest when the next one comes', async () => {
    const worker = startWorker(1_000)
    await worker.push(asking('LUNA-48?', 301_000))
    expect(worker.timers).toMatchObject([{ after: 300_000 }])
    worker.timers[0]?.act()
    await worker.settled()
    expect(worker.lying()).toEqual([])
    // The browser stopped the worker before: the next one finds it.
    await worker.push(asking('MAR-07?', 900, 'c'))
    await worker.push(asking('SOL-11?', 301_000, 'b'))
    expect(worker.lying()).toEqual(['SOL-11?'])
  })

  it('opens the page of an approval and nothing else, whatever a message says', () => {
    const worker = startWorker()
    expect(worker.click({ path: link })).toBe(true)
    for (const other of [
      'https://evil.example/call-approval/x',
      `//evil.example${link}`,
      `${link}/../../privacy`,
      '/privacy/security',
      'javascript:alert(1)',
      undefined,
    ])
      expect(worker.click({ path: other })).toBe(true)
    expect(worker.click(undefined)).toBe(true)
    expect(worker.opened).toEqual([link])
  })
})
