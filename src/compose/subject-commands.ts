import { z } from 'zod'
import { asOf } from '../channels/dpo-console/index.ts'
import type { CommandHouse, Decided, StopScope } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import {
  announceLift,
  findContactPoint,
  liftRestriction,
  liftSuppression,
  moveSubject,
  overrideObjection,
  type Recorded,
  restrictProcessing,
  suppressContact,
} from '../features/consent/index.ts'
import { emailIndex, parseEmailAddress } from '../features/identity/index.ts'
import { pgStaffDirectory } from '../features/staff/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { invalid, notFound } from '../kernel/errors.ts'
import { contactChannels, type Evidence } from '../kernel/evidence.ts'
import { parseId, type SubjectId } from '../kernel/ids.ts'
import { eraseCommands } from './erase-evidence.ts'
import { linkCommands } from './linking.ts'
import { officersDecision } from './officers-decision.ts'

const commandLine: Actor = { kind: 'system', name: 'cli' }

/** Nobody was shown a page: what proves these acts is who decided them, which is kept beside. */
const evidence: Evidence = { channel: 'api', surface: 'command-line', language: 'es' }

const contactChannelShape = z.enum(['*', ...contactChannels])
const groundShape = z.enum(['accuracy', 'unlawful', 'legal_claims', 'objection_pending'])
const wayShape = z.enum(['letter', 'telephone', 'in-person'])
const reasonShape = z.enum(['complaint', 'hard_bounce', 'court'])
const sourceShape = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)

function read<Value>(schema: z.ZodType<Value>, option: string, given: string, must: string): Value {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  throw invalid('invalid-input', `${option} must be ${must}.`, [{ field: option, code: 'invalid' }])
}

const receiptOf = ({ receiptId }: Recorded) => ({ receiptId })

/** What is decided about one person, carried out for the officer, and what stops contact with them. */
export function subjectCommands(house: House): Omit<CommandHouse['subjects'], 'lock' | 'unlock'> {
  const { names, platform, reads, sealer, ledger, recording } = house
  const { blindIndex, entropy, reader } = platform
  const directory = pgStaffDirectory(reader)

  const subjectOf = async (person: string): Promise<SubjectId> => {
    const email = parseEmailAddress(person)
    const subjectId =
      email === undefined
        ? parseId<'subject'>(person.trim().toLowerCase())
        : await reads.identifiers.findSubject(emailIndex(blindIndex, email))
    if (subjectId === undefined || (await ledger.facts.find(subjectId)) === undefined) {
      throw notFound('subject-unknown', 'There is no such person.')
    }
    return subjectId
  }
  const decisionOf = officersDecision(directory)
  /** The three days run from the end of the day on which they knew. */
  const toldOn = (day = ''): Date => {
    const now = platform.clock.now()
    const { wrong, at = now } = asOf(day, { now, timeZone: house.config.brand.timeZone })
    if (wrong === undefined && day !== '') return at
    throw invalid('invalid-input', '--on must be a day that has been, as 2026-11-22.', [
      { field: '--on', code: 'invalid' },
    ])
  }
  const act = async (person: string, decided: Decided) => ({
    subjectId: await subjectOf(person),
    actor: commandLine,
    evidence,
    idempotencyKey: `command-line ${entropy.id()}`,
    controller: names.controller,
    decision: await decisionOf(decided),
  })
  const scopeOf = async (subjectId: SubjectId, { contactChannel, address }: StopScope) => {
    const channel = read(contactChannelShape, '--channel', contactChannel, 'a contact channel, or * for all')
    if (address === undefined) return { contactChannel: channel }
    const contactPoint = await findContactPoint({ reads, sealer, blindIndex }, subjectId, address)
    if (contactPoint !== undefined) return { contactChannel: channel, contactPoint }
    throw invalid('contact-point-unknown', 'This is no address or number of this person.')
  }

  return {
    ...linkCommands(house, { subjectOf, decisionOf }),
    ...eraseCommands(house, { subjectOf, decisionOf }),
    move: async (person, { to, reason }) =>
      moveSubject(recording.moves, {
        subjectId: await subjectOf(person),
        actor: commandLine,
        evidence,
        jurisdiction: to.trim().toUpperCase(),
        reason,
      }),
    restrict: async (person, { scope, ground, ...decided }) => {
      const restriction = read(groundShape, '--ground', ground, `one of ${groundShape.options.join(', ')}`)
      const command = { ...(await act(person, decided)), scope, ground: restriction }
      return receiptOf(await restrictProcessing(ledger, command))
    },
    announceLift: async (person, { scope, told, on, ...decided }) =>
      announceLift(recording.restricting, {
        ...(await act(person, decided)),
        scope,
        ...(told === undefined
          ? {}
          : { told: { by: read(wayShape, '--told', told, wayShape.options.join(', ')), at: toldOn(on) } }),
      }),
    liftRestriction: async (person, { scope, ...decided }) =>
      receiptOf(await liftRestriction(recording.restricting, { ...(await act(person, decided)), scope })),
    overrideObjection: async (person, { purpose, grounds, ...decided }) => {
      const command = { ...(await act(person, decided)), brand: names.brand, purpose, grounds }
      return receiptOf(await overrideObjection(ledger, command))
    },
    suppress: async (person, { because, source, ...scope }) => {
      const subjectId = await subjectOf(person)
      return suppressContact(recording.circumstances, {
        subjectId,
        actor: commandLine,
        ...(await scopeOf(subjectId, scope)),
        reason: read(reasonShape, '--because', because, `one of ${reasonShape.options.join(', ')}`),
        source: read(sourceShape, '--source', source, 'a short name in small letters, such as juzgado-3'),
      })
    },
    liftSuppression: async (person, { officer, reason, ...scope }) => {
      const subjectId = await subjectOf(person)
      return liftSuppression(recording.circumstances, {
        subjectId,
        actor: commandLine,
        decision: await decisionOf({ officer, reason }),
        ...(await scopeOf(subjectId, scope)),
      })
    },
  }
}
