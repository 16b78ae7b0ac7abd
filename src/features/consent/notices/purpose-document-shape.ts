import { z } from 'zod'
import { contactChannels } from '../../../kernel/evidence.ts'
import type { Obligation } from '../obligations.ts'
import { noticeSurfaces } from '../published.ts'
import { legalBases, purposeClasses, restrictionExemptions } from '../purpose.ts'
import type { PurposeDocument } from './purpose-document.ts'

const words = z.record(z.string(), z.string().min(1))

const isLanguageTag = (code: string): boolean => {
  try {
    return Intl.getCanonicalLocales(code).length === 1
  } catch {
    return false
  }
}

/** How a notice reads in a document; what is left out of it follows from the purpose it stands beside. */
export const noticeWordingShape = {
  id: z.string().min(1).max(100),
  version: z.int().positive(),
  language: z.string().min(2).max(35).refine(isLanguageTag, 'Not a language tag such as es or ca.'),
  surface: z.enum(noticeSurfaces).exactOptional(),
  title: z.string().min(1),
  summary: z.string().min(1),
  text: z.string().min(1),
}

export const obligationShape = z.enum([
  'include_optout',
  'identify_as_commercial',
  'name_sender',
  'no_onward_use',
  'offer_objection',
  'state_source',
  'commercial_number_code',
  'call_window',
  'record_call',
  'hash_with_partner_salt',
  'delete_after_match',
] as const satisfies readonly Obligation[])

/** A purpose with its words as one JSON document: what the command line and the console take in, and nothing beside it. */
export const purposeDocumentShape: z.ZodType<PurposeDocument> = z.strictObject({
  purpose: z.strictObject({
    id: z.string(),
    class: z.enum(purposeClasses),
    position: z.int().exactOptional(),
    bases: z.array(z.enum(legalBases)),
    attributes: z.array(z.string()),
    contactChannels: z.array(z.enum(contactChannels)),
    recipients: z.array(z.string()),
    retention: words,
    howToStop: words,
    dpv: z.string(),
    change: z.enum(['editorial', 'material']),
    validity: z.string().exactOptional(),
    art9Ground: z.string().exactOptional(),
    legalReference: z.string().exactOptional(),
    restrictionExempt: z.enum(restrictionExemptions).exactOptional(),
    assessment: z
      .strictObject({
        approved: z.boolean(),
        reviewBy: z.iso.datetime(),
        reference: z.string().exactOptional(),
      })
      .exactOptional(),
    obligations: z.array(obligationShape).exactOptional(),
    sources: z.array(z.string().min(1).max(100)).min(1).exactOptional(),
  }),
  notices: z.array(z.strictObject(noticeWordingShape)).min(1),
})
