/**
 * Lista Robinson (Adigital): the general advertising exclusion service of Spain (LOPDGDD art. 23). Asked by API with
 * transformed contact points; the list itself is never downloaded.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type ExclusionAnswer, type ExclusionList, isMeantForUs } from '../../features/consent/index.ts'
import { refused, unavailable } from '../../kernel/errors.ts'
import type { ContactChannel } from '../../kernel/evidence.ts'
import type { Egress } from '../../platform/egress/index.ts'
import type { RobinsonSettings } from './settings.ts'

export type { RobinsonSettings } from './settings.ts'

/** The list's own words for contact channels. */
const canal: Readonly<Partial<Record<ContactChannel, string>>> = {
  email: 'email',
  sms: 'sms',
  phone_human: 'telefono',
  phone_auto: 'telefono',
}

const day = z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`))

/** Of a revocation only the day is known. All of it counts: where nobody knows which came first, the no does. */
const endOfDay = (start: Date): Date => new Date(start.getTime() + 86_400_000 - 1)

const answerShape = z.object({ resultados: z.array(z.unknown()) })

const resultShape = z.object({
  hash: z.string(),
  inscrito: z.boolean(),
  sectores: z.array(z.string()).default([]),
  fechaEfecto: day.optional(),
  revocaciones: z.array(z.object({ empresa: z.string(), fecha: day })).default([]),
})

/** Lower case, no spaces; numbers with their country code and nothing else. The same for everybody, or hashes would not meet. */
const transformed = (value: string, channel: ContactChannel): string =>
  createHash('sha256')
    .update(channel === 'email' ? value.trim().toLowerCase() : value.replaceAll(/\D/g, ''), 'utf8')
    .digest('hex')

const notKnown = (why: string) => unavailable('exclusion-list-unanswered', why, 3600)

export function robinsonList(egress: Pick<Egress, 'fetch'>, settings: RobinsonSettings): ExclusionList {
  return {
    name: 'robinson',
    contactChannels: ['email', 'sms', 'phone_human', 'phone_auto'],
    most: 100,
    ...(settings.from === undefined ? {} : { from: settings.from }),
    check: async (contactPoints, contactChannel) => {
      const hashes = contactPoints.map((value) => transformed(value, contactChannel))
      const answer = await egress.fetch(new URL('/v1/consultas', settings.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${settings.apiKey}` },
        body: JSON.stringify({ canal: canal[contactChannel], empresa: settings.company, hashes }),
      })
      if (answer.status === 400 || answer.status === 422) {
        throw refused('exclusion-list-refused', 'Lista Robinson did not take the question.')
      }
      if (answer.status !== 200) throw notKnown('Lista Robinson did not answer the question.')
      const read = answerShape.safeParse(await answer.json().catch(() => undefined))
      if (!read.success) throw notKnown('Lista Robinson answered in a shape that is not known.')
      const understood = read.data.resultados.flatMap((one) => resultShape.safeParse(one).data ?? [])
      const byHash = new Map(understood.map((one) => [one.hash, one]))
      return hashes.map((hash): ExclusionAnswer | undefined => {
        const one = byHash.get(hash)
        // A contact point it says nothing about was not consulted, and must not pass for one that is free.
        if (one === undefined) return undefined
        const revoked = one.revocaciones
          .filter(({ empresa }) => empresa === settings.company)
          .reduce<Date | undefined>(
            (latest, { fecha }) => (latest === undefined || fecha > latest ? fecha : latest),
            undefined,
          )
        return {
          listed: one.inscrito && isMeantForUs(one.sectores, settings.sectors),
          ...(one.fechaEfecto === undefined ? {} : { effectiveFrom: one.fechaEfecto }),
          ...(revoked === undefined ? {} : { companyRevocation: endOfDay(revoked) }),
        }
      })
    },
  }
}
