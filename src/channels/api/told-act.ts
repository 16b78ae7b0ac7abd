import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { z } from 'zod'
import {
  type CountedTime,
  countedTime,
  type DeviceLog,
  type SettledAct,
} from '../../features/consent/index.ts'
import { signedAct, type Touchpoint, type Touchpoints } from '../../features/touchpoints/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type FieldIssue, invalid, type PlacetError } from '../../kernel/errors.ts'
import type { Channel, Evidence } from '../../kernel/evidence.ts'
import type { NeededFields } from '../channel.ts'
import type { Asking } from './asking.ts'
import { described } from './operation.ts'
import { evidenceOf, particularsOf, type ToldEvidence } from './told-evidence.ts'

/** What it takes to judge an act that a system tells of. */
export interface ToldActParts {
  readonly clock: Clock
  readonly devices: DeviceLog
  readonly needed: (channel: Channel) => readonly NeededFields[]
  readonly touchpoints: Pick<Touchpoints, 'find' | 'list'>
  /** The key of a terminal; undefined of one without, `null` of one whose key was taken back. */
  readonly terminalKey: (touchpoint: string) => Promise<string | null | undefined>
  /** Whom a device signs for. */
  readonly audience: string
}

const moment = (meaning: string) => described(z.iso.datetime({ offset: true }), meaning).optional()

/** When it was, in the body of whatever may be told late. */
export const toldTimes = {
  occurred_at: moment(
    'When the person acted, by the clock of the device (RFC 3339); left out, now. It counts when it happened. A yes is taken up to 30 days later, and never ahead of time.',
  ),
  device_time: moment(
    'What that clock says as you send. Off by more than five minutes, a yes counts at the earliest instant it may have been, a no at the latest.',
  ),
}

export const clockSkewField = described(
  z.int().optional(),
  'Seconds by which the clock of the device is ahead of ours, negative behind; only where it is more than five minutes.',
)

interface ToldBody {
  readonly evidence: ToldEvidence
  readonly occurred_at?: string | undefined
  readonly device_time?: string | undefined
}

interface ToldRequest {
  readonly body: ToldBody & { readonly subject_token?: string | undefined }
  readonly requestId: string
  header(name: string): string | undefined
}

/** An act as a system told of it: what is kept of it, when it counts, and why a yes in it may not be taken. */
export interface ToldAct {
  readonly evidence: Evidence
  readonly particulars: Readonly<Record<string, string>>
  readonly idempotencyKey: string
  /** Undefined where it is told as it happens. */
  readonly when: { readonly yesAt: Date; readonly noAt: Date } | undefined
  readonly clockSkew: number | undefined
  /** The one thing that keeps any yes in it from being taken. */
  readonly noYes: PlacetError | undefined
  readonly outOfOrder: boolean
  /** What came of it, where this device has told it before. */
  readonly before: SettledAct | undefined
  /** Notes what came of it, so that the same telling is known again. */
  readonly settle: (outcome: SettledAct) => Promise<void>
}

/** The kinds a channel's acts are told at, the telling one first. */
const kindsOf: Readonly<Partial<Record<Channel, readonly Touchpoint['kind'][]>>> = {
  kiosk: ['terminal', 'store'],
  store: ['store'],
  'call-centre': ['desk'],
}

/** A house that registers none of a kind has nothing to hold a code against. */
function unknownPlace(
  told: ToldEvidence,
  { find, list }: ToldActParts['touchpoints'],
): PlacetError | undefined {
  const kinds = kindsOf[told.channel]
  if (kinds === undefined || !('touchpoint' in told) || !list().some(({ kind }) => kind === kinds[0]))
    return undefined
  const found = find(told.touchpoint)
  if (found !== undefined && kinds.includes(found.kind)) return undefined
  return invalid('touchpoint-unknown', `The house has registered no such ${kinds[0]}.`, [
    { field: '/evidence/touchpoint', code: 'touchpoint.unknown' },
  ])
}

function incomplete(told: ToldEvidence, needed: readonly NeededFields[]): PlacetError | undefined {
  const fields: Readonly<Record<string, unknown>> = told
  const lacking = (set: readonly string[]) => set.filter((name) => fields[name] === undefined)
  const issues: FieldIssue[] = needed.flatMap((alternatives) => {
    const [first = [], ...others] = alternatives.map(lacking)
    if ([first, ...others].some((missing) => missing.length === 0)) return []
    // Of several ways, the one that was begun.
    const nearest = others.reduce((best, one) => (one.length < best.length ? one : best), first)
    return nearest.map((name) => ({ field: `/evidence/${name}`, code: 'evidence.missing' }))
  })
  if (issues.length === 0) return undefined
  const names = issues.map(({ field }) => field).join(', ')
  return invalid(
    'evidence-incomplete',
    `A yes by ${told.channel} is kept with its proof, and this is missing: ${names}.`,
    issues,
  )
}

/** Everything the device could sign as it happened: not the clock at sending, nor a token that may be fetched since. */
function actHash({
  subject_token: _token,
  device_time: _sent,
  evidence,
  ...rest
}: ToldRequest['body']): Buffer {
  const { device_signature: _signature, ...bare } = { device_signature: undefined, ...evidence }
  const act = JSON.parse(JSON.stringify({ ...rest, evidence: bare }))
  return createHash('sha256')
    .update(canonicalize(act) ?? '', 'utf8')
    .digest()
}

/** `none`: not a terminal of ours, so there is no key to hold it against. */
async function signatureOf(
  { terminalKey, audience }: ToldActParts,
  told: ToldEvidence,
  act: Buffer,
): Promise<'verified' | 'none' | 'refused'> {
  if (told.channel !== 'kiosk') return 'none'
  const key = await terminalKey(told.touchpoint)
  if (key === undefined) return 'none'
  if (told.device_signature === undefined) return 'refused'
  const signed = await signedAct(told.device_signature, { act: act.toString('base64url'), audience })
  return signed !== undefined && signed === key ? 'verified' : 'refused'
}

function untimely({ fault }: CountedTime): PlacetError | undefined {
  if (fault === undefined) return undefined
  return fault === 'occurred-at-in-future'
    ? invalid('occurred-at-in-future', 'No yes is taken of a time to come.', [
        { field: '/occurred_at', code: 'occurred-at.future' },
      ])
    : invalid('occurred-at-too-old', 'A yes that lay longer than 30 days is imported, not told.', [
        { field: '/occurred_at', code: 'occurred-at.old' },
      ])
}

const outOfTurn = () =>
  invalid('out-of-order', 'This counter was used, or passed over, by a later act of the device.', [
    { field: '/evidence/counter', code: 'counter.out-of-order' },
  ])

const toDate = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(text)

const times = (body: ToldBody, receivedAt: Date, counted: CountedTime): Record<string, string> => ({
  ...(body.occurred_at === undefined
    ? {}
    : { told_at: body.occurred_at, received_at: receivedAt.toISOString() }),
  ...(body.device_time === undefined ? {} : { device_time: body.device_time }),
  ...(counted.skewSeconds === undefined ? {} : { clock_skew_seconds: String(counted.skewSeconds) }),
})

/**
 * Judges an act before it is recorded. Nothing here holds up a no: what is missing, unsigned or out of turn keeps a yes from
 * being taken, and is sealed with the no as it was told (GDPR Art. 7(3)). `tells` says whether there is a no beside the yes:
 * without one nothing will be recorded, and the device may use its counter again.
 */
export async function readToldAct(
  parts: ToldActParts,
  { client }: Pick<Asking, 'client'>,
  request: ToldRequest,
  tells: { readonly yes: boolean; readonly no: boolean },
): Promise<ToldAct> {
  const { body } = request
  const { evidence: told } = body
  const act = actHash(body)
  const signature = await signatureOf(parts, told, act)
  const unproven =
    unknownPlace(told, parts.touchpoints) ??
    incomplete(told, parts.needed(told.channel)) ??
    (signature === 'refused'
      ? invalid('device-signature-refused', 'The enrolled key of this terminal did not sign this act.', [
          { field: '/evidence/device_signature', code: 'device-signature.refused' },
        ])
      : undefined)
  const receivedAt = parts.clock.now()
  const [occurredAt, deviceTime] = [toDate(body.occurred_at), toDate(body.device_time)]
  const device =
    told.channel === 'kiosk' &&
    told.counter !== undefined &&
    signature !== 'refused' &&
    (tells.no || unproven === undefined)
      ? {
          device: `${client.clientId} ${told.device ?? told.touchpoint}`,
          counter: told.counter,
          commandHash: act,
          receivedAt,
          skew: deviceTime === undefined ? undefined : deviceTime.getTime() - receivedAt.getTime(),
          occurredAt,
        }
      : undefined
  const claim = device === undefined ? undefined : await parts.devices.claim(device)
  const first = claim === undefined || claim.as === 'already-recorded' ? receivedAt : claim.receivedAt
  const counted = countedTime(
    { occurredAt: occurredAt?.getTime(), deviceTime: deviceTime?.getTime() },
    receivedAt.getTime(),
    claim === undefined || claim.as === 'already-recorded' ? [] : claim.skews,
  )
  const late = occurredAt !== undefined || first < receivedAt
  const floor = claim?.as === 'next' ? (claim.notBefore?.getTime() ?? 0) : 0
  const when =
    occurredAt === undefined
      ? { yesAt: first, noAt: first }
      : {
          yesAt: new Date(counted.yesAt),
          // What a device tells later was not before what it told first.
          noAt: new Date(Math.min(receivedAt.getTime(), Math.max(counted.noAt, floor))),
        }
  // What a device counted, or said the time of, is the same act whatever key a later sending has.
  const once = (told.channel === 'kiosk' && told.counter !== undefined) || occurredAt !== undefined
  return {
    evidence: evidenceOf(told, { client }, request),
    particulars: {
      ...particularsOf(told),
      ...(told.channel === 'kiosk' && told.device_signature !== undefined ? { device_key: signature } : {}),
      ...times(body, receivedAt, counted),
    },
    idempotencyKey: once
      ? `${client.clientId} told ${act.toString('base64url')}`
      : `${client.clientId} ${request.header('idempotency-key') ?? ''}`,
    when: late ? when : undefined,
    clockSkew: counted.skewSeconds,
    noYes: unproven ?? (claim?.as === 'out-of-order' ? outOfTurn() : undefined) ?? untimely(counted),
    outOfOrder: claim?.as === 'out-of-order',
    before: claim?.as === 'already-recorded' ? claim.settled : undefined,
    settle: async (outcome) => {
      if (device !== undefined && claim?.as !== 'already-recorded') {
        await parts.devices.settle(device, tells.no ? when.noAt : when.yesAt, outcome)
      }
    },
  }
}
