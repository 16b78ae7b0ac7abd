import type { LoadPlan, LoadResult } from '../load/load.ts'
import type { RoundTripCount } from '../meters/round-trips.ts'
import type { Target } from '../target.ts'

export interface Usage {
  readonly cpuMicroseconds: number
  readonly rssBytes: number
}

/** The two that are compared. */
export type Side = 'house' | 'floor'

/** What the bench may ask of its processes, each with what it takes and what it answers. */
export interface Orders {
  /** Fills the server with people and clients, and says how to reach them. */
  seed: { takes: { people: number }; answers: Target }
  prepare: {
    takes: { scenario: string; side: Side; target: Target | undefined; connections: number }
    answers: { unavailable: string | undefined }
  }
  load: { takes: { side: Side; plan: LoadPlan }; answers: LoadResult }
  release: { takes: null; answers: null }
  usage: { takes: null; answers: Usage }
  startCounting: { takes: null; answers: null }
  stopCounting: { takes: null; answers: RoundTripCount }
}

export type OrderName = keyof Orders

export type Handlers = {
  readonly [Name in OrderName]?: (takes: Orders[Name]['takes']) => Promise<Orders[Name]['answers']>
}

export interface OrderMessage {
  readonly number: number
  readonly name: OrderName
  readonly takes: unknown
}

export type ChildMessage =
  | { readonly ready: unknown }
  | { readonly number: number; readonly answer: unknown }
  | { readonly number: number; readonly failed: string }
