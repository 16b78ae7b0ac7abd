import type { Clock } from '../kernel/clock.ts'
import type { SubjectId } from '../kernel/ids.ts'
import type { Statement } from '../platform/db/pipelined-reader.ts'
import { type Allowed, allowedOf } from './allowed.ts'
import { bearerHash } from './bearer-hash.ts'
import { type PolledFlow, polledFlow } from './device/polled-flow.ts'
import { hexOf, textOf, withResult } from './entry-row.ts'
import {
  entryWidth,
  type OidcReads,
  type ReadsAlong,
  type Row,
  readEntry,
  readGrant,
  readSessionByUid,
  readStanding,
  readToken,
  tokenWidth,
} from './pg-reads.ts'
import type { CarriedRow } from './ports.ts'
import type { RowSeal } from './row-seal.ts'

export type Payload = Readonly<Record<string, unknown>>

export interface StoredToken {
  readonly kind: string
  readonly payload: Payload
  readonly consumed: boolean
  /** Whether it ends with the session it is named after. */
  readonly endsWithSession: boolean
}

/** Where in the database a request's finds may look, known from its address before the engine asks. */
export interface Hints {
  readonly interactionId: string | undefined
  readonly clientId: string | undefined
  readonly pushedRequestId: string | undefined
  /** The request will ask another room about the person. */
  readonly along?: true
  /** A client asks how a code or request of its own stands, which is noted as it is read. */
  readonly polling?: { readonly clientId: string; readonly statement: Statement } | undefined
}

export interface FindParts {
  readonly reads: OidcReads
  readonly rowSeal: RowSeal
  readonly clock: Clock
  readonly along?: ReadsAlong | undefined
  /** Reads what a client waits for and notes that it asked; see pacing.ts. */
  readonly poll?:
    | ((statement: Statement, codeHash: Uint8Array, clientId: string) => Promise<Row | undefined>)
    | undefined
}

/**
 * What one request finds. Its first find brings in one joined read everything the engine will ask for one by one; later
 * ones are answered from there, and each row is opened once.
 */
export class RequestFinds {
  readonly #parts: FindParts
  readonly #hints: () => Hints
  readonly #tokens = new Map<string, Promise<StoredToken | undefined>>()
  readonly #known = new Map<string, Payload | undefined>()
  readonly #found = new Set<string>()
  readonly #states = new Map<string, string | undefined>()
  readonly #carried = new Map<string, CarriedRow>()
  readonly #allowed = new Map<string, Allowed | undefined>()
  #entered = false
  #polled: PolledFlow | undefined
  #owner: Payload | undefined

  constructor(parts: FindParts, hints: () => Hints) {
    this.#parts = parts
    this.#hints = hints
  }

  /** A token by its value, whatever its kind; primes its grant, its session and the person's state. */
  token(value: string): Promise<StoredToken | undefined> {
    const hash = bearerHash(value)
    const key = hash.toString('hex')
    const known = this.#tokens.get(key)
    if (known !== undefined) return known
    const found = this.#readToken(hash, key, value)
    this.#tokens.set(key, found)
    return found
  }

  async #readToken(hash: Uint8Array, key: string, value: string): Promise<StoredToken | undefined> {
    const { along: wanted, polling: asks } = this.#hints()
    const along = wanted ? this.#parts.along?.token : undefined
    const polling = asks !== undefined && this.#parts.poll !== undefined
    const row = polling
      ? await this.#parts.poll?.(asks.statement, hash, asks.clientId)
      : await this.#parts.reads.row(along ?? readToken, [hash])
    if (row === undefined) return undefined
    if (polling) this.#polled = polledFlow(row.slice(tokenWidth))
    const [kind, sealed, consumed, subjectId, state, grantId, grant, uid, sessionHash, session, bound] = row
    const payload = this.#open('oidc_tokens', key, sealed)
    if (payload === undefined) return undefined
    this.#owner = payload
    if (typeof subjectId === 'string') {
      this.#states.set(subjectId, textOf(state))
      if (along !== undefined) this.#carried.set(`${subjectId}|${payload['clientId']}`, row.slice(tokenWidth))
    }
    if (typeof grantId === 'string') this.#remember(`Grant:${grantId}`, 'oidc_grants', grantId, grant)
    if (bound === true && typeof uid === 'string') {
      this.#remember(`Session-uid:${uid}`, 'oidc_sessions', hexOf(sessionHash), session)
    }
    if (bound === true && this.#outlivedSession(payload)) return undefined
    return {
      kind: String(kind),
      payload: { ...payload, jti: value },
      consumed: consumed === true,
      endsWithSession: bound === true,
    }
  }

  /**
   * The engine ties a token to a session by the session's own grant, which an exchanged one does not have. Its row is tied
   * all the same, and the session came with the read.
   */
  #outlivedSession({ expiresWithSession, sessionUid, accountId }: Payload): boolean {
    if (expiresWithSession === true) return false
    const session = this.#known.get(`Session-uid:${String(sessionUid)}`)
    const now = this.#parts.clock.now().getTime() / 1000
    return session === undefined || session['accountId'] !== accountId || Number(session['exp']) <= now
  }

  /** The session of a cookie, with whatever else an authorization request will need; see `readEntry`. */
  async session(id: string): Promise<Payload | undefined> {
    const key = `Session:${id}`
    if (!this.#known.has(key)) await this.#enter(id, this.#hints().interactionId)
    return this.#known.get(key)
  }

  /** Whether this request began with the grant, rather than making it. */
  foundGrant(id: string): boolean {
    return this.#found.has(`Grant:${id}`)
  }

  /** A session as this request found it, without asking again. */
  loadedSession(id: string): Payload | undefined {
    return this.#known.get(`Session:${id}`)
  }

  async interaction(id: string): Promise<Payload | undefined> {
    const key = `Interaction:${id}`
    if (!this.#known.has(key)) await this.#enter(undefined, id)
    return this.#known.get(key)
  }

  async pushedRequest(id: string): Promise<Payload | undefined> {
    const key = `Pushed:${bearerHash(id).toString('hex')}`
    if (!this.#known.has(key)) await this.#enter(undefined, undefined, id)
    const found = this.#known.get(key)
    return found === undefined ? undefined : { ...found, jti: id }
  }

  async #enter(sessionId: string | undefined, interactionId: string | undefined, pushedId?: string) {
    const hints = this.#entered ? undefined : this.#hints()
    this.#entered = true
    const hash = (value: string | undefined) => (value === undefined ? undefined : bearerHash(value))
    const sessionHash = hash(sessionId)
    const interactionHash = hash(interactionId)
    const pushedHash = hash(pushedId ?? hints?.pushedRequestId)
    const along = hints?.along ? this.#parts.along?.entry : undefined
    const row = await this.#parts.reads.row(along ?? readEntry, [
      sessionHash ?? null,
      interactionHash ?? null,
      hints?.clientId ?? null,
      pushedHash ?? null,
    ])
    const [
      session,
      interaction,
      result,
      subjectId,
      state,
      clientId,
      grantId,
      grant,
      allowed,
      pushed,
      request,
      consumed,
    ] = row ?? []
    if (sessionId !== undefined) {
      this.#remember(`Session:${sessionId}`, 'oidc_sessions', hexOf(sessionHash), session)
    }
    if (interactionId !== undefined && interactionHash !== undefined) {
      const key = hexOf(interactionHash)
      const found = this.#open('oidc_interactions', key, interaction)
      const given = this.#open('oidc_interactions.result', key, result)
      this.#known.set(`Interaction:${interactionId}`, found && withResult(found, given))
    }
    if (typeof subjectId === 'string') {
      this.#states.set(subjectId, textOf(state))
      if (along !== undefined && row !== undefined) {
        this.#carried.set(`${subjectId}|${clientId}`, row.slice(entryWidth))
      }
      if (typeof clientId === 'string') this.#allowed.set(`${subjectId}|${clientId}`, allowedOf(allowed))
    }
    if (typeof grantId === 'string') this.#remember(`Grant:${grantId}`, 'oidc_grants', grantId, grant)
    for (const wanted of [pushedHash, pushed]) {
      if (!(wanted instanceof Uint8Array)) continue
      const key = hexOf(wanted)
      const found = wanted === pushedHash && hexOf(pushed) !== key ? undefined : request
      const opened = this.#open('oidc_pushed_requests', key, found)
      this.#known.set(
        `Pushed:${key}`,
        opened && { ...opened, ...(consumed === true ? { consumed: true } : {}) },
      )
    }
  }

  async sessionByUid(uid: string): Promise<Payload | undefined> {
    const key = `Session-uid:${uid}`
    if (!this.#known.has(key)) {
      const row = await this.#parts.reads.row(readSessionByUid, [uid])
      this.#remember(key, 'oidc_sessions', hexOf(row?.[0]), row?.[1])
    }
    return this.#known.get(key)
  }

  async grant(id: string): Promise<Payload | undefined> {
    const key = `Grant:${id}`
    if (!this.#known.has(key)) {
      const row = await this.#parts.reads.row(readGrant, [id])
      this.#remember(key, 'oidc_grants', id, row?.[0])
    }
    return this.#known.get(key)
  }

  /** `active`, `locked`, `blocked`, `erased`; undefined when there is no such person. */
  async stateOf(subjectId: SubjectId, clientId: string): Promise<string | undefined> {
    if (!this.#states.has(subjectId)) await this.#readStanding(subjectId, clientId)
    return this.#states.get(subjectId)
  }

  /** What was read along about this person and client, if this request reads anything along. */
  carried(subjectId: SubjectId, clientId: string): CarriedRow | undefined {
    return this.#carried.get(`${subjectId}|${clientId}`)
  }

  async allowedBy(subjectId: SubjectId, clientId: string): Promise<Allowed | undefined> {
    const key = `${subjectId}|${clientId}`
    if (!this.#allowed.has(key)) await this.#readStanding(subjectId, clientId)
    return this.#allowed.get(key)
  }

  async #readStanding(subjectId: SubjectId, clientId: string): Promise<void> {
    const row = await this.#parts.reads.row(readStanding, [subjectId, clientId])
    this.#states.set(subjectId, textOf(row?.[0]))
    this.#allowed.set(`${subjectId}|${clientId}`, allowedOf(row?.[1]))
  }

  #remember(key: string, table: string, rowKey: string, sealed: unknown): void {
    const found = this.#open(table, rowKey, sealed)
    this.#known.set(key, found)
    if (found !== undefined) this.#found.add(key)
  }

  #open(table: string, rowKey: string, sealed: unknown): Payload | undefined {
    if (!(sealed instanceof Uint8Array)) return undefined
    const opened = this.#parts.rowSeal.open(table, rowKey, sealed)
    return typeof opened === 'object' && opened !== null ? (opened as Payload) : undefined
  }

  /** The finds of this request answer with what it wrote itself. */
  know(key: string, payload: Payload | undefined): void {
    this.#known.set(key, payload)
  }

  /** How what this request waits for stood as it was read. */
  get polled(): PolledFlow | undefined {
    return this.#polled
  }

  /** Payload of the code or token this request was about, for the record when it turns out to be used before. */
  get owner(): Payload | undefined {
    return this.#owner
  }
}
