import type { Actor } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { conflict, invalid, refused } from '../../../kernel/errors.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import type { BlindIndex, SealedTokens, SubjectSealer } from '../../../platform/crypto/index.ts'
import type { Limiter } from '../../../platform/limits/index.ts'
import {
  type EmailAddress,
  emailIndex,
  type IdentityReads,
  maskEmailAddress,
  parseEmailAddress,
  readIdentifiers,
} from '../../identity/index.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import type { ConsentMessages } from '../consent-messages.ts'
import type { FactsReader } from '../facts-reader.ts'
import { sealGuardianLink } from './guardian-link.ts'
import {
  type GuardianReads,
  type GuardianStores,
  type InvitationId,
  invitationPlace,
} from './guardian-store.ts'
import { isKnownMinor } from './waiting-for-guardian.ts'

export interface GuardianParts {
  readonly guardianWork: Work<GuardianStores>
  readonly guardians: GuardianReads
  readonly clock: Clock
  readonly entropy: Entropy
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly facts: FactsReader
  readonly reads: Pick<IdentityReads, 'identifiers'>
  readonly sealer: SubjectSealer
  readonly blindIndex: BlindIndex
  readonly tokens: SealedTokens
  readonly limiter: Limiter
  readonly messages: Pick<ConsentMessages, 'inviteGuardian' | 'guardianCode' | 'guardianReceipt'>
}

/** Three days, as for a confirmation. */
const lastsMs = 72 * 3_600_000

/** The child's own addresses, canonical: none of them is a guardian's. */
async function isOwn(parts: GuardianParts, subjectId: SubjectId, address: EmailAddress): Promise<boolean> {
  const wanted = Buffer.from(emailIndex(parts.blindIndex, address))
  const identifiers = await readIdentifiers(parts, subjectId)
  return identifiers.some(({ kind, value }) => {
    const own = kind === 'email' ? parseEmailAddress(value) : undefined
    return own !== undefined && wanted.equals(Buffer.from(emailIndex(parts.blindIndex, own)))
  })
}

/** By what the child is named to whoever was invited: their own address, masked. */
export async function childName(parts: GuardianParts, subjectId: SubjectId): Promise<string> {
  const identifiers = await readIdentifiers(parts, subjectId)
  const email = identifiers
    .filter(({ kind }) => kind === 'email')
    .map(({ value }) => parseEmailAddress(value))
    .find((address) => address !== undefined)
  return email === undefined ? '' : maskEmailAddress(email)
}

/**
 * A child names whoever holds parental responsibility, and a link goes there. Refused to adults, for a child's own address,
 * and more than five times a day. The address is used for this and for nothing else.
 */
export async function inviteGuardian(
  parts: GuardianParts,
  command: {
    readonly subjectId: SubjectId
    readonly actor: Actor
    readonly evidence: Evidence
    readonly address: EmailAddress
  },
): Promise<{ readonly invitationId: InvitationId }> {
  const { subjectId, actor, evidence, address } = command
  if (actor.kind !== 'subject' || actor.subjectId !== subjectId) {
    throw refused('consent_not_own', 'One person cannot ask for another.')
  }
  const known = await parts.facts.find(subjectId)
  const at = parts.clock.now()
  if (known === undefined || !isKnownMinor(known.facts, parts.registry.current(), at.getTime())) {
    throw conflict('no-guardian-needed', 'This person decides alone.')
  }
  if (await isOwn(parts, subjectId, address)) {
    throw invalid('guardian-address-own', 'This is the child’s own address.', [
      { field: 'email', code: 'guardian-address-own' },
    ])
  }
  await parts.limiter.consume(subjectId, 'guardian-invite-account')
  const invitationId = parts.entropy.id<'guardian-invitation'>()
  const expiresAt = new Date(at.getTime() + lastsMs)
  const { language } = evidence
  const sealedAddress = await parts.sealer.sealText(subjectId, invitationPlace(invitationId), address)
  await parts.guardianWork(async ({ guardians, audit }) => {
    await guardians.invite({
      subjectId,
      invitationId,
      sealedAddress,
      language,
      invitedAt: at,
      expiresAt,
      answeredAt: undefined,
    })
    await audit.record({
      action: 'consent.guardian-invited',
      actor,
      at,
      subjectId,
      evidence,
      facts: { invitationId },
    })
  })
  const sent = await parts.messages.inviteGuardian(address, {
    language,
    token: sealGuardianLink(parts.tokens, { subjectId, invitationId }, expiresAt),
    child: await childName(parts, subjectId),
    expiresAt,
  })
  await parts.guardianWork(async ({ guardians, audit }) => {
    await guardians.markSent(subjectId, invitationId, parts.clock.now())
    await audit.record({
      action: 'consent.guardian-invitation-sent',
      actor: { kind: 'system', name: 'guardians' },
      at: parts.clock.now(),
      subjectId,
      facts: { invitationId, message: sent.messageId, template: sent.templateHash },
    })
  })
  return { invitationId }
}
