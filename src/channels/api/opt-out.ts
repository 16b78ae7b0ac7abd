import { z } from 'zod'
import type { Facts, OptOut, PublishedRegistry } from '../../features/consent/index.ts'
import type { ContactChannel } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { ApiDeps } from './api-deps.ts'
import type { Asking } from './asking.ts'

export const optOutField = z
  .object({ href: z.url(), headers: z.record(z.string(), z.string()) })
  .optional()
  .meta({
    description:
      'With every permission to advertise: the way out to put into the message. `href` opens a page with one button and needs no sign-in; `headers`, on e-mail, let mail programs offer one click (RFC 8058). Good for three years, and for this person and purpose on this contact channel alone.',
  })

const exampleHref = 'https://login.tienda-norte.example/withdraw/AZd2c0xvbmdTZWFsZWRUZXh0'

export const exampleOptOut: OptOut = {
  href: exampleHref,
  headers: {
    'List-Unsubscribe': `<${exampleHref}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
}

/**
 * What goes with an answer that lets somebody advertise: taking back must be as easy as it was to be asked (GDPR Art. 7(3)),
 * and each message tells how (ePrivacy Art. 13(2), (4)). Nothing for a no, and nothing for what is no advertising.
 */
export function optOutWith(
  { optOut }: Pick<ApiDeps, 'optOut'>,
  { controller, brand }: Asking,
  person: { readonly subjectId: SubjectId; readonly facts: Facts },
  asked: {
    readonly purpose: string
    readonly contactChannel: ContactChannel
    readonly contactPoint?: string | undefined
  },
  decision: 'PERMIT' | 'DENY',
  registry: PublishedRegistry,
): { readonly opt_out?: OptOut } {
  const { purpose, contactChannel } = asked
  if (decision !== 'PERMIT' || registry.purposes.get(purpose)?.class !== 'marketing') return {}
  const contactPoint = asked.contactPoint ?? person.facts.contactPoints?.[contactChannel]
  const link = { subjectId: person.subjectId, controller, brand, purpose, contactChannel }
  return { opt_out: optOut(contactPoint === undefined ? link : { ...link, contactPoint }) }
}
