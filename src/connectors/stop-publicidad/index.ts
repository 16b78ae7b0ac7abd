/**
 * Lista Stop Publicidad: the second exclusion service of Spain (2025). People choose sectors and companies there; a company
 * chosen is a revocation of what they agreed to with it.
 */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { type ExclusionAnswer, type ExclusionList, isMeantForUs } from '../../features/consent/index.ts'
import { refused, unavailable } from '../../kernel/errors.ts'
import type { ContactChannel } from '../../kernel/evidence.ts'
import type { Egress } from '../../platform/egress/index.ts'
import type { StopPublicidadSettings } from './settings.ts'

export type { StopPublicidadSettings } from './settings.ts'

const type: Readonly<Partial<Record<ContactChannel, string>>> = {
  email: 'EMAIL',
  sms: 'MOBILE',
  phone_human: 'PHONE',
  phone_auto: 'PHONE',
}

const answerShape = z.array(z.unknown())

const resultShape = z.object({
  id: z.string(),
  status: z.enum(['CLEAR', 'LISTED', 'COMPANY_REVOKED']),
  sectors: z.array(z.string()).nullish(),
  effective_at: z.iso.datetime({ offset: true }).nullish(),
  revoked_at: z.iso.datetime({ offset: true }).nullish(),
})

const notKnown = (why: string) => unavailable('exclusion-list-unanswered', why, 3600)

export function stopPublicidadList(
  egress: Pick<Egress, 'fetch'>,
  settings: StopPublicidadSettings,
): ExclusionList {
  const transformed = (value: string, channel: ContactChannel): string =>
    createHmac('sha256', settings.salt)
      .update(channel === 'email' ? value.trim().toLowerCase() : value.replaceAll(/[^\d+]/g, ''), 'utf8')
      .digest('base64url')
  return {
    name: 'stop_publicidad',
    contactChannels: ['email', 'sms', 'phone_human', 'phone_auto'],
    most: 50,
    ...(settings.from === undefined ? {} : { from: settings.from }),
    check: async (contactPoints, contactChannel) => {
      const ids = contactPoints.map((value) => transformed(value, contactChannel))
      const answer = await egress.fetch(new URL('/api/check', settings.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-client-id': settings.clientId },
        body: JSON.stringify({ type: type[contactChannel], ids }),
      })
      if (answer.status === 400 || answer.status === 422) {
        throw refused('exclusion-list-refused', 'Stop Publicidad did not take the question.')
      }
      if (answer.status !== 200) throw notKnown('Stop Publicidad did not answer the question.')
      const read = answerShape.safeParse(await answer.json().catch(() => undefined))
      if (!read.success) throw notKnown('Stop Publicidad answered in a shape that is not known.')
      const understood = read.data.flatMap((one) => resultShape.safeParse(one).data ?? [])
      const byId = new Map(understood.map((one) => [one.id, one]))
      return ids.map((id): ExclusionAnswer | undefined => {
        const one = byId.get(id)
        if (one === undefined) return undefined
        const { status, sectors, effective_at: from, revoked_at: revoked } = one
        // Without its time a revocation is not understood, and what is not understood was not consulted.
        if (status === 'COMPANY_REVOKED' && (revoked === undefined || revoked === null)) {
          return undefined
        }
        return {
          listed: status === 'LISTED' && isMeantForUs(sectors ?? [], settings.sectors),
          ...(from === undefined || from === null ? {} : { effectiveFrom: new Date(from) }),
          ...(revoked === undefined || revoked === null ? {} : { companyRevocation: new Date(revoked) }),
        }
      })
    },
  }
}
