import { people } from '../../../demo/seed/people.ts'
import { readAuditStream } from '../../../src/features/audit/index.ts'
import {
  announceCall,
  type CallId,
  type CallParts,
  type CallView,
  chooseCaller,
  openCall,
  readCall,
  redeemCallerCode,
  searchCaller,
  sendCallerCode,
} from '../../../src/features/calls/index.ts'
import { noticeFor, referenceTo } from '../../../src/features/consent/index.ts'
import { identifierPlace } from '../../../src/features/identity/identifier.ts'
import { type PhoneNumber, phoneIndex } from '../../../src/features/identity/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { Evidence } from '../../../src/kernel/evidence.ts'
import type { StaffId, SubjectId } from '../../../src/kernel/ids.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { startTestApp } from '../../support/app.ts'

const atTheLine: Evidence = { channel: 'call-centre', surface: 'api', language: 'es' }
const atDesk: Evidence = { channel: 'call-centre', surface: 'agent-console', language: 'es' }
export const atHome: Evidence = { channel: 'web', surface: 'call-links', language: 'es' }
export const anasNumber = '+34600111222'
const desk = 'desk-4'

/** Tienda Norte with its people, two agents, and a second process beside the first; time stands still. */
export async function openCallHouse() {
  let now = new Date('2026-11-22T10:00:00.000Z')
  /** By how much time goes on each time somebody looks at the clock. */
  let step = 0
  const clock = {
    now: () => {
      now = new Date(now.getTime() + step)
      return now
    },
  }
  const app = await startTestApp({ people: true, clock })
  const owner = openLane(app.database.connection, 'calls-test', 2)
  const parts = app.house.calls
  const { entropy, blindIndex } = app.house.platform

  const personOf = (key: string) => {
    const person = people.find((one) => one.key === key)
    if (person === undefined) throw new Error(`there is no ${key}`)
    return person
  }
  const subjectIdOf = async (key: string): Promise<SubjectId> => {
    const index = Buffer.from(blindIndex.of('email', personOf(key).email))
    const row = await owner('identifier_lookups').where({ blind_index: index }).first()
    return row.subject_id
  }
  const agentNamed = async (login: string, role = 'agent'): Promise<Extract<Actor, { kind: 'staff' }>> => {
    const staffId = entropy.id<'staff'>()
    await owner('staff').insert({ staff_id: staffId, login, display_name: login, created_at: now })
    await owner('staff_roles').insert({ staff_id: staffId, role, granted_at: now })
    return { kind: 'staff', staffId: staffId as StaffId, roles: ['agent'], assurance: 'passkey' }
  }
  /** A number of hers that the house knows, verified or only claimed. */
  const giveNumber = async (key: string, number: string, verified = true) => {
    const subjectId = await subjectIdOf(key)
    const identifierId = entropy.id<'identifier'>()
    const sealedValue = await app.house.sealer.sealText(subjectId, identifierPlace(identifierId), number)
    await app.house.work(async ({ identifiers, audit }) => {
      await identifiers.claim(phoneIndex(blindIndex, number as PhoneNumber), {
        kind: 'phone',
        subjectId,
        identifierId,
      })
      await identifiers.insert({
        subjectId,
        identifierId,
        kind: 'phone',
        sealedValue,
        verifiedAt: verified ? now : undefined,
        createdAt: now,
      })
      await audit.record({
        action: 'test.number',
        actor: { kind: 'system', name: 'test' },
        at: now,
        subjectId,
      })
    })
  }

  const lucia = await agentNamed('lucia')
  const ana = await subjectIdOf('ana')
  await giveNumber('ana', anasNumber)
  // What people registered, they registered before anybody rings.
  now = new Date(now.getTime() + 60_000)

  let calls = 0
  const house = {
    app,
    owner,
    parts,
    lucia,
    ana,
    subjectIdOf,
    agentNamed,
    giveNumber,
    email: (key: string) => personOf(key).email,
    later: (ms: number) => {
      now = new Date(now.getTime() + ms)
    },
    now: clock.now,
    ticking: (ms: number) => {
      step = ms
    },
    /** What this agent does in this call. */
    in: (callId: CallId, actor: Actor = lucia) => ({ callId, actor, evidence: atDesk }),
    ring: (more: { ani?: string; externalCall?: string; actor?: Actor } = {}, room: CallParts = parts) => {
      calls += 1
      return openCall(room, {
        actor: lucia,
        evidence: atDesk,
        touchpoint: desk,
        language: 'es',
        externalCall: `pbx-${calls}`,
        ...more,
      })
    },
    /** What the telephony system says, of whatever call. */
    line: (clientId = 'centralita') => ({
      actor: { kind: 'client', clientId, scopes: ['calls:write'] } as const,
      evidence: atTheLine,
    }),
    /** A call that the telephony system tells of, of another number than the agent says or of the same. */
    announce: (externalCall: string, more: { ani?: string; outgoing?: boolean }, clientId = 'centralita') =>
      announceCall(parts, {
        ...house.line(clientId),
        agentId: lucia.staffId,
        externalCall,
        touchpoint: desk,
        language: 'es',
        ...more,
      }),
    /** The name in this call of whoever has this address. */
    found: async (key: string, callId: CallId) => {
      const [one] = await searchCaller(parts, { ...house.in(callId), typed: personOf(key).email })
      return one?.key ?? ''
    },
    /** Ana rings from her own number, and the agent says that it is her. */
    ringAsAna: async (actor: Actor = lucia): Promise<CallView> => {
      const view = await house.ring({ ani: anasNumber, actor })
      await chooseCaller(parts, {
        ...house.in(view.call.id, actor),
        key: view.candidates[0]?.key ?? '',
        reason: { code: 'privacy' },
      })
      return view
    },
    lastCode: (key = 'ana') => {
      const mail = app.outbox.messages.findLast(
        ({ kind, recipients }) => kind === 'call-code' && recipients.includes(personOf(key).email),
      )
      return /\b(\d{6})\b/.exec(mail?.subject ?? '')?.[1] ?? ''
    },
    emailContact: async (callId: CallId, actor: Actor = lucia) => {
      const { caller } = await readCall(parts, house.in(callId, actor))
      return caller?.contacts.find(({ kind }) => kind === 'email')?.key ?? ''
    },
    verifyAna: async (actor: Actor = lucia) => {
      const { call } = await house.ringAsAna(actor)
      await sendCallerCode(parts, {
        ...house.in(call.id, actor),
        contact: await house.emailContact(call.id, actor),
      })
      const { outcome } = await redeemCallerCode(parts, {
        ...house.in(call.id, actor),
        typed: house.lastCode(),
      })
      if (outcome !== 'verified') throw new Error(`not verified: ${outcome}`)
      return call
    },
    /** The wording read aloud about offers by e-mail. */
    offers: () => {
      const notice = noticeFor(app.house.registry.current(), 'marketing.direct', 'es')
      if (notice === undefined) throw new Error('no wording')
      return referenceTo(notice)
    },
    activityOf: async (subjectId: SubjectId) =>
      (await readAuditStream(owner, subjectId)).lines.map(({ entry }) => entry),
    events: async (type: string) =>
      (await owner('outbox_events').where({ type }).orderBy('event_id')).map(
        ({ payload, subject_id: subjectId }) => ({ payload, subjectId }),
      ),
    tidyLimits: () => owner('rate_limits').delete(),
    tidy: async () => {
      await owner('rate_limits').delete()
      await owner('call_agent_days').delete()
    },
    close: async () => {
      await owner.destroy()
      await app.close()
    },
  }
  return house
}

export type CallHouse = Awaited<ReturnType<typeof openCallHouse>>
