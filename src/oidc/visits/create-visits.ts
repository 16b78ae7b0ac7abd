import type { Actor, Assurance } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import { type Entropy, parseId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BearerParts } from '../bearer.ts'
import { bearerHash } from '../bearer-hash.ts'
import { type Terminals, terminalOf } from '../device/terminals.ts'
import { oidcEvent } from '../events.ts'
import type { OidcLog } from '../ports.ts'
import { keyFitsClient } from '../touchpoint-of-client.ts'
import { type BoundToken, boundToken } from './bound-token.ts'
import { readAnyVisit, readIdleVisit, readVisit, touchVisit } from './pg-visit-store.ts'
import { keyOfProof } from './proof-of-key.ts'
import { type Visits, visitTimes } from './visit.ts'
import type { VisitGrant, VisitStores } from './visit-store.ts'

export interface VisitParts extends BearerParts {
  readonly terminals: Terminals
  readonly work: Work<VisitStores>
  readonly entropy: Entropy
  readonly log: OidcLog
  readonly onEnded?: (touchpointIds: readonly string[]) => Promise<void>
}

const shape = /^[A-Za-z0-9_-]{43}$/

/** Only a name: the cookie is found by the whole hash and never follows from a part of it. */
const refOf = (hash: Uint8Array): string => Buffer.from(hash).subarray(0, 12).toString('base64url')

const proven = ['code', 'password', 'passkey'] as const
const assuranceOf = (text: unknown): Assurance => proven.find((one) => one === text) ?? 'none'

export function createVisits(parts: VisitParts): Visits {
  const { clock, entropy, work, reads, clients } = parts
  const seconds = () => clock.now().getTime() / 1000
  const hashOf = (secret: string) => (shape.test(secret) ? bearerHash(secret) : undefined)

  /** After the fact, which stands whatever becomes of the telling. */
  const tellEnded = async (touchpointIds: readonly string[]) => {
    if (touchpointIds.length === 0) return
    await parts
      .onEnded?.(touchpointIds)
      .catch((error: unknown) => parts.log.warn('oidc.visit-end-untold', {}, error))
  }

  /** Opens a visit on its grant; undefined when another came first. The terminal's last one ends with it. */
  const begin = async (
    proven: BoundToken,
    evidence: Evidence,
    grant?: VisitGrant,
  ): Promise<string | undefined> => {
    const { subjectId, clientId, touchpointId, assurance } = proven
    const secret = Buffer.from(entropy.bytes(32)).toString('base64url')
    const idHash = bearerHash(secret)
    const at = clock.now()
    const later = (after: number) => new Date(at.getTime() + after * 1000)
    const where = { ...evidence, touchpoint: touchpointId, clientId }
    let replaced = false
    const opened = await work(async ({ visits, audit }) => {
      if (grant !== undefined) await visits.insertGrant(grant)
      const inserted = await visits.insert({
        ...proven,
        idHash,
        startedAt: at,
        endsAt: later(visitTimes.longest),
        expiresAt: later(visitTimes.idle),
      })
      await audit.record({
        action: inserted ? 'oidc.visit-opened' : 'oidc.visit-refused',
        actor: { kind: 'subject', subjectId, assurance, sessionRef: refOf(idHash) },
        at,
        subjectId,
        about: `client:${clientId}`,
        evidence: where,
      })
      if (!inserted) return false
      for (const other of await visits.endOthers(clientId, idHash)) {
        replaced = true
        await audit.record({
          action: 'oidc.visit-ended',
          actor: { kind: 'system', name: 'visits' },
          at,
          subjectId: other,
          about: `client:${clientId}`,
          facts: { because: 'replaced' },
        })
      }
      return true
    })
    if (opened && replaced) await tellEnded([touchpointId])
    return opened ? secret : undefined
  }

  /** Whether the terminal may ask from there. Its key, seen elsewhere, may have been taken out of it: the house is told. */
  const isInPlace = async (clientId: string, touchpointId: string, address: string): Promise<boolean> => {
    if (parts.terminals.mayCallFrom(touchpointId, address)) return true
    const at = clock.now()
    await work(async ({ audit, outbox }) => {
      await audit.record({
        action: 'oidc.visit-misplaced',
        actor: { kind: 'client', clientId },
        at,
        about: `client:${clientId}`,
        evidence: {
          channel: 'kiosk',
          surface: 'screen',
          language: 'und',
          touchpoint: touchpointId,
          clientId,
        },
      })
      await outbox.add(oidcEvent(entropy, 'terminal.misplaced', at, { touchpointId, clientId }))
    })
    parts.log.warn('oidc.terminal-misplaced', { count: 1 })
    return false
  }

  return {
    async open(presented, evidence) {
      const shown = await keyOfProof(clock, presented)
      if (shown === undefined) return undefined
      const token = await boundToken(parts, presented.token, shown.keyThumbprint)
      if (token === undefined) return undefined
      if (!(await isInPlace(token.clientId, token.touchpointId, presented.address))) return undefined
      return begin(token, evidence)
    },

    async terminalOf({ clientId, address, ...presented }) {
      const shown = await keyOfProof(clock, presented)
      const terminal = terminalOf(clients.find(clientId))
      if (shown === undefined || terminal === undefined) return undefined
      if (!keyFitsClient(clients, clientId, shown.keyThumbprint)) return undefined
      const { touchpointId } = terminal
      return (await isInPlace(clientId, touchpointId, address))
        ? { ...shown, clientId, touchpointId }
        : undefined
    },

    async openProven(terminal, { subjectId, assurance, at }, evidence) {
      const grantId = Buffer.from(entropy.bytes(32)).toString('base64url')
      const { clientId } = terminal
      const iat = Math.floor(clock.now().getTime() / 1000)
      const exp = iat + visitTimes.longest
      const secret = await begin(
        { ...terminal, subjectId, assurance, authenticatedAt: at, grantId },
        evidence,
        {
          grantId,
          subjectId,
          clientId,
          // In the engine's own words, as those of a device flow are.
          sealed: parts.rowSeal.seal('oidc_grants', grantId, {
            iat,
            exp,
            jti: grantId,
            kind: 'Grant',
            accountId: subjectId,
            clientId,
            openid: { scope: 'openid kiosk' },
          }),
          expiresAt: new Date(exp * 1000),
        },
      )
      if (secret === undefined) throw new Error('a grant of its own opened no visit')
      return secret
    },

    async find(secret) {
      const hash = hashOf(secret)
      const row = hash && (await reads.row(touchVisit, [hash, seconds()]))
      if (hash === undefined || row === undefined) return undefined
      const [subject, clientId, touchpointId, thumbprint, assurance, authenticatedAt] = row
      const subjectId = parseId<'subject'>(subject)
      // The terminal was enrolled anew meanwhile: whoever holds its former key holds this screen, perhaps.
      if (subjectId === undefined || !keyFitsClient(clients, String(clientId), String(thumbprint)))
        return undefined
      return {
        ref: refOf(hash),
        subjectId,
        clientId: String(clientId),
        touchpointId: String(touchpointId),
        assurance: assuranceOf(assurance),
        authenticatedAt: authenticatedAt as Date,
      }
    },

    async isOpen(secret) {
      const hash = hashOf(secret)
      const row = hash && (await reads.row(readVisit, [hash, seconds()]))
      return row !== undefined && keyFitsClient(clients, String(row[0]), String(row[1]))
    },

    async end(secret, because, evidence) {
      const hash = hashOf(secret)
      // Nothing is written for a cookie that was no visit's, as anybody may send one.
      if (hash === undefined || !(await reads.row(readAnyVisit, [hash]))) return false
      const over = await work(async ({ visits, audit }) => {
        const ended = await visits.end(hash)
        const at = clock.now()
        await audit.record({
          action: 'oidc.visit-ended',
          actor: { kind: 'system', name: 'visits' },
          at,
          ...(ended === undefined ? {} : { subjectId: ended.subjectId, about: `client:${ended.clientId}` }),
          evidence:
            ended === undefined
              ? evidence
              : { ...evidence, touchpoint: ended.touchpointId, clientId: ended.clientId },
          facts: { because },
        })
        return ended
      })
      await tellEnded(over === undefined ? [] : [over.touchpointId])
      return over !== undefined
    },

    async endIdle(limit) {
      // Mostly nobody did, and then there is nothing to write.
      if (!(await reads.row(readIdleVisit, [seconds()]))) return 0
      const over = await work(async ({ visits, audit }) => {
        const at = clock.now()
        const ended = await visits.endIdle(at, limit)
        const actor: Actor = { kind: 'system', name: 'visits' }
        for (const { subjectId, clientId } of ended) {
          await audit.record({
            action: 'oidc.visit-ended',
            actor,
            at,
            subjectId,
            about: `client:${clientId}`,
            facts: { because: 'walked-away' },
          })
        }
        // Another process was a moment earlier.
        if (ended.length === 0)
          await audit.record({ action: 'oidc.visits-swept', actor, at, about: 'visits' })
        return ended
      })
      await tellEnded(over.map(({ touchpointId }) => touchpointId))
      return over.length
    },
  }
}
