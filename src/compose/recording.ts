import { consentMail } from '../channels/consent-links/index.ts'
import {
  type CircumstanceParts,
  type ConfirmationParts,
  type ExclusionList,
  type ExclusionParts,
  isGuardianOf,
  type LiftParts,
  type MoveParts,
  pgConfirmationReads,
  pgDueChecks,
  pgGuardianReads,
  pgLiftNoticeReads,
  pgPermissionReads,
  type RecordChoicesParts,
  type TendParts,
  type VerifyParts,
} from '../features/consent/index.ts'
import type { IdentityArtefacts, IdentityReads } from '../features/identity/index.ts'
import type { Config } from '../platform/config/index.ts'
import type { SubjectSealer } from '../platform/crypto/index.ts'
import { countedMailer } from './mail.ts'
import type { workOn } from './pg-work.ts'
import type { Platform } from './platform.ts'
import { smsGateway } from './sms.ts'

/** What recording needs beside the ledger: messages that are answered, guardians, lists that are asked. */
export function openRecording(parts: {
  readonly config: Config
  readonly platform: Platform
  readonly work: ReturnType<typeof workOn>
  readonly ledger: Omit<RecordChoicesParts, 'isGuardianOf'>
  readonly reads: IdentityReads
  readonly artefacts: IdentityArtefacts
  readonly sealer: SubjectSealer
  readonly controller: string
  readonly lists: readonly ExclusionList[]
}) {
  const { config, platform, work, ledger, reads, sealer } = parts
  const { clock, entropy, keys, lanes, limiter, blindIndex, sealedTokens } = platform
  const mailer = countedMailer(platform)
  const sms = smsGateway(config, platform, mailer)
  const messages = consentMail({
    mailer,
    sms,
    entropy,
    brandName: config.brand.name,
    timeZone: config.brand.timeZone,
    issuer: config.issuer,
  })
  const known = { clock, entropy, registry: ledger.registry, facts: ledger.facts, reads, sealer, messages }
  const confirmations: ConfirmationParts = {
    ...known,
    work,
    tokens: sealedTokens,
    confirmations: pgConfirmationReads(lanes.login),
  }
  const guardians: VerifyParts = {
    ...known,
    guardianWork: work,
    guardians: pgGuardianReads(lanes.login),
    blindIndex,
    tokens: sealedTokens,
    limiter,
    codes: parts.artefacts.codes,
    codeKey: keys.current('otp').bytes,
  }
  const tend: TendParts = { ...confirmations, identity: work, blindIndex }
  const circumstances: CircumstanceParts = { ...known, work }
  const moves: MoveParts = {
    work,
    clock,
    entropy,
    registry: ledger.registry,
    facts: ledger.facts,
    reads: pgPermissionReads(platform.reader),
  }
  const exclusion: ExclusionParts = {
    circumstances,
    ledger,
    lists: parts.lists,
    due: pgDueChecks(lanes.console),
    reads,
    sealer,
    controller: parts.controller,
  }
  const restricting: LiftParts = {
    ...ledger,
    reads,
    sealer,
    liftWork: work,
    liftNotices: pgLiftNoticeReads(lanes.console),
    messages,
    textMessages: sms !== undefined,
  }
  return {
    confirmations,
    guardians,
    tend,
    circumstances,
    moves,
    exclusion,
    restricting,
    isGuardianOf: isGuardianOf(guardians),
  }
}
