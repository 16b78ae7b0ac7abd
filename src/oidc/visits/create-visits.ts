import type { Assurance } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import { type Entropy, parseId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BearerParts } from '../bearer.ts'
import { bearerHash } from '../bearer-hash.ts'
import { type Terminals, terminalOf } from '../device/terminals.ts'
import { keyFitsClient } from '../touchpoint-of-client.ts'
import { type BoundToken, boundToken } from './bound-token.ts'
import { readAnyVisit, readVisit, touchVisit } from './pg-visit-store.ts'
import { keyOfProof } from './proof-of-key.ts'
import { type Visits, visitTimes } from './visit.ts'
import type { VisitGrant, VisitStores } from './visit-store.ts'

export interface VisitParts extends BearerParts {
  readonly terminals: Terminals
  readonly work: Work<VisitStores>
  readonly entropy: Entropy
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
    return opened ? secret : undefined
  }

  return {
    async open(presented, evidence) {
      const thumbprint = await keyOfProof(clock, presented)
      if (thumbprint === undefined) return undefined
      const token = await boundToken(parts, presented.token, thumbprint)
      if (token === undefined) return undefined
      if (!parts.terminals.mayCallFrom(token.touchpointId, presented.address)) return undefined
      return begin(token, evidence)
    },

    async terminalOf({ clientId, address, ...presented }) {
      const keyThumbprint = await keyOfProof(clock, presented)
      const terminal = terminalOf(clients.find(clientId))
      if (keyThumbprint === undefined || terminal === undefined) return undefined
      if (!keyFitsClient(clients, clientId, keyThumbprint)) return undefined
      const { touchpointId } = terminal
      return parts.terminals.mayCallFrom(touchpointId, address)
        ? { clientId, touchpointId, keyThumbprint }
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
      return work(async ({ visits, audit }) => {
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
        return ended !== undefined
      })
    },
  }
}
