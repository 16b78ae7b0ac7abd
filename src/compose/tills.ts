import { renderMail } from '../../views/mail/render-mail.tsx'
import { tillCodeText } from '../../views/mail/till-code.ts'
import { translator } from '../../views/page.tsx'
import {
  describeSubject,
  type IdentityArtefacts,
  type IdentityReads,
  type IdentityStores,
} from '../features/identity/index.ts'
import {
  type IssueCardParts,
  type LoyaltyStores,
  loyaltyKeyring,
  pgPresentationReads,
  type ShowCodeParts,
  type sendTillCode,
  type TillCodeMessages,
} from '../features/store-visits/index.ts'
import { placeName, type Touchpoints } from '../features/touchpoints/index.ts'
import type { Work } from '../kernel/work.ts'
import type { Config } from '../platform/config/index.ts'
import type { SubjectSealer } from '../platform/crypto/index.ts'
import { countedMailer } from './mail.ts'
import type { Platform } from './platform.ts'
import { smsGateway } from './sms.ts'
import { textElseMail } from './text-else-mail.ts'

export type TillDesk = Parameters<typeof sendTillCode>[0]

interface LoyaltyHouse {
  readonly config: Config
  readonly platform: Platform
  readonly touchpoints: Pick<Touchpoints, 'path'>
  readonly reads: IdentityReads
  readonly sealer: SubjectSealer
  readonly artefacts: Pick<IdentityArtefacts, 'codes'>
  readonly work: Work<LoyaltyStores & IdentityStores>
}

/** The card on the customer's screen, and the tills that read it: one set of keys for both. */
export function loyaltyParts(
  parts: LoyaltyHouse & Pick<TillDesk, 'release' | 'matter' | 'registry' | 'house' | 'later'>,
): { readonly cards: ShowCodeParts & IssueCardParts; readonly tills: TillDesk } {
  const { platform, touchpoints, reads, sealer, work } = parts
  const { clock, entropy, blindIndex, limiter, keys } = platform
  const [newest, ...older] = keys.all('loyalty-codes')
  const keyring = loyaltyKeyring([newest.bytes, ...older.map(({ bytes }) => bytes)])
  const shared = { reads, keyring, touchpoints, clock, entropy, blindIndex, work }
  return {
    cards: { ...shared, sealer },
    tills: {
      ...shared,
      release: parts.release,
      matter: parts.matter,
      presentations: pgPresentationReads(platform.lanes.login),
      registry: parts.registry,
      house: parts.house,
      limiter,
      codes: parts.artefacts.codes,
      codeKey: keys.current('otp').bytes,
      later: parts.later,
      messages: tillCodeMessages(parts),
    },
  }
}

function tillCodeMessages(parts: LoyaltyHouse): TillCodeMessages {
  const { config, platform, touchpoints, reads, sealer } = parts
  const mailer = countedMailer(platform)
  const messages = textElseMail(mailer, smsGateway(config, platform, mailer))
  const { name: brandName, timeZone } = config.brand
  return {
    send: async (subjectId, { code, till, expiresAt }) => {
      const subject = await describeSubject({ reads, sealer }, subjectId)
      if (subject === undefined) return
      const language = subject.language.startsWith('en') ? 'en' : 'es'
      const model = { brandName, code, expiresAt, place: placeName(touchpoints, till.store) ?? till.store }
      await messages.send(subject.identifiers, {
        kind: 'till-code',
        text: () => tillCodeText(model, translator(language, timeZone)),
        mail: () => renderMail('till-code', model, language, timeZone),
      })
    },
  }
}
