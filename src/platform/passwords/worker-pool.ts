import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type PlacetError, tooMany, unavailable } from '../../kernel/errors.ts'

export interface WorkerPoolOptions {
  /** Name of the worker's file beside this one, without extension: sources run as `.ts`, the build as `.js`. */
  readonly file: string
  readonly data?: unknown
  readonly size: number
  /** At most this many jobs wait; the next one is shed. */
  readonly maxWaiting: number
  /** A job that would wait longer, in milliseconds, is shed at the door; one that did wait longer is shed too. */
  readonly maxWaitMs: number
  /** A job that runs longer costs its worker: it is ended and replaced. */
  readonly maxRunMs: number
  /** A worker idle for this long is ended, to give back its memory; never when undefined. */
  readonly idleMs?: number
}

export interface WorkerPool<Job, Answer> {
  /** Jobs of one lane run one after another, whatever the number of workers. */
  run(job: Job, lane?: string): Promise<Answer>
  load(): { readonly waiting: number; readonly running: number }
  close(): Promise<void>
}

interface Waiting<Job, Answer> {
  readonly job: Job
  readonly lane: string | undefined
  readonly since: number
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: PlacetError) => void
}

interface Seat<Job, Answer> {
  readonly worker: Worker
  running: Waiting<Job, Answer> | undefined
  startedAt: number
  timer: NodeJS.Timeout | undefined
}

/** More of one lane than this in the queue is one account being attacked: shed those, not the others. */
const maxWaitingPerLane = 4

export function createWorkerPool<Job, Answer>(options: WorkerPoolOptions): WorkerPool<Job, Answer> {
  const url = new URL(`./${options.file}${extname(import.meta.url)}`, import.meta.url)
  const seats = new Set<Seat<Job, Answer>>()
  const waiting: Waiting<Job, Answer>[] = []
  let averageMs = 15
  let closed = false

  const expectedWaitMs = () => Math.ceil((waiting.length + 1) / options.size) * averageMs
  const busy = () =>
    tooMany('busy', 'too much work is waiting', Math.max(1, Math.ceil(expectedWaitMs() / 1000)))

  function sit(): Seat<Job, Answer> {
    // An empty environment and argument list: the worker needs neither, and must not carry the secrets of the first.
    const worker = new Worker(url, { workerData: options.data, env: {}, execArgv: [] })
    const seat: Seat<Job, Answer> = { worker, running: undefined, startedAt: 0, timer: undefined }
    worker.unref()
    worker.on('message', (message: { answer: Answer } | { failed: string }) => {
      const done = stop(seat)
      if (done !== undefined && 'answer' in message) done.resolve(message.answer)
      else done?.reject(unavailable('worker-failed', 'the work could not be done', 1))
      pump()
    })
    worker.on('error', () => leave(seat))
    worker.on('exit', () => leave(seat))
    seats.add(seat)
    return seat
  }

  function start(seat: Seat<Job, Answer>, next: Waiting<Job, Answer>): void {
    clearTimeout(seat.timer)
    seat.running = next
    seat.startedAt = performance.now()
    seat.timer = setTimeout(() => leave(seat), options.maxRunMs)
    // While it works it keeps the process alive, so that a command does not end in the middle of a hash.
    seat.worker.ref()
    seat.worker.postMessage(next.job)
  }

  function stop(seat: Seat<Job, Answer>): Waiting<Job, Answer> | undefined {
    const done = seat.running
    seat.running = undefined
    clearTimeout(seat.timer)
    seat.worker.unref()
    averageMs += (performance.now() - seat.startedAt - averageMs) / 8
    if (options.idleMs !== undefined) seat.timer = setTimeout(() => leave(seat), options.idleMs).unref()
    return done
  }

  function leave(seat: Seat<Job, Answer>): void {
    if (!seats.delete(seat)) return
    clearTimeout(seat.timer)
    seat.running?.reject(unavailable('worker-lost', 'the work was interrupted', 1))
    void seat.worker.terminate()
    pump()
  }

  function pump(): void {
    for (;;) {
      const late = waiting.findIndex((one) => performance.now() - one.since > options.maxWaitMs)
      if (late < 0) break
      waiting.splice(late, 1)[0]?.reject(busy())
    }
    const lanes = new Set([...seats].map((seat) => seat.running?.lane))
    while (!closed) {
      const at = waiting.findIndex((one) => one.lane === undefined || !lanes.has(one.lane))
      const free = [...seats].find((seat) => seat.running === undefined)
      if (at < 0 || (free === undefined && seats.size >= options.size)) return
      const [next] = waiting.splice(at, 1)
      if (next === undefined) return
      lanes.add(next.lane)
      start(free ?? sit(), next)
    }
  }

  return {
    run: (job, lane) =>
      new Promise((resolve, reject) => {
        const crowded =
          lane !== undefined && waiting.filter((one) => one.lane === lane).length >= maxWaitingPerLane
        if (closed) return reject(unavailable('closing', 'the service is closing', 1))
        if (crowded || waiting.length >= options.maxWaiting || expectedWaitMs() > options.maxWaitMs) {
          return reject(busy())
        }
        waiting.push({ job, lane, since: performance.now(), resolve, reject })
        pump()
      }),
    load: () => ({
      waiting: waiting.length,
      running: [...seats].filter((seat) => seat.running !== undefined).length,
    }),
    async close() {
      closed = true
      for (const one of waiting.splice(0)) one.reject(unavailable('closing', 'the service is closing', 1))
      const workers = [...seats].map((seat) => seat.worker)
      for (const seat of seats) leave(seat)
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
