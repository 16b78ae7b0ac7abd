import { z } from 'zod'
import { type Language, translator } from '../../../views/page.tsx'
import { type PurposePreviewModel, PurposePreviewView } from '../../../views/staff/purpose-preview.tsx'
import {
  type ConsentEvent,
  type Facts,
  keyFor,
  noticeFor,
  type PublishedRegistry,
  type PurposeDocument,
  type PurposeVersion,
  previewRegistry,
  referenceTo,
  restsOnConsent,
  standingChoice,
} from '../../features/consent/index.ts'
import type { ContactChannel } from '../../kernel/evidence.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { asNewQuestions, purposeCards } from '../purpose-cards.ts'
import { ofPurpose } from './purpose.ts'
import { documentOf, type PurposeFile, purposeFile, surfaceOf } from './purpose-file.ts'
import { type PurposesDeps, purposePath } from './purposes-deps.ts'

type Reader = 'new' | 'agreed'
type Shown = PurposePreviewModel['shown']

/** A yes to the version in force, said yesterday on these pages: nobody's, made up for the preview and kept nowhere. */
function madeUpYes(
  { house, clock }: PurposesDeps,
  registry: PublishedRegistry,
  version: PurposeVersion,
  contactChannel: ContactChannel,
  language: string,
): ConsentEvent {
  const notice = noticeFor(registry, version.purpose, language)
  return {
    ...house,
    id: `preview-${contactChannel}`,
    type: 'given',
    purpose: version.purpose,
    contactChannel,
    occurredAt: clock.now().getTime() - 86_400_000,
    confirmedAt: clock.now().getTime() - 86_400_000,
    by: 'subject',
    purposeVersion: version.version,
    attributes: version.attributes,
    defaultState: 'unticked',
    consentType: 'expressed',
    ...(notice === undefined ? {} : { notice: referenceTo(notice) }),
  }
}

/** Where the customer reads and presses; elsewhere somebody reads it to them, or it is printed. */
const cardSurfaces = ['screen', 'kiosk', 'store'] as const
type CardSurface = (typeof cardSurfaces)[number]

/** What the pages of that place would ask, by the code that asks it. */
function cardFor(
  deps: PurposesDeps,
  now: PublishedRegistry,
  next: PublishedRegistry,
  asked: {
    readonly id: string
    readonly language: string
    readonly reader: Reader
    readonly surface: CardSurface
  },
): Shown {
  const { id, language, reader, surface } = asked
  const version = next.active.get(id)
  const before = now.active.get(id)
  if (version === undefined) return { kind: 'nothing' }
  const agreed = reader === 'agreed' && before !== undefined
  if (agreed && version.reconsentMin <= before.version) return { kind: 'still-counts' }
  const facts: Facts = {
    subject: {
      state: 'active',
      jurisdiction: deps.jurisdiction,
      contracts: [],
      purchases: [],
      restrictions: [],
    },
    events: agreed
      ? before.contactChannels.map((channel) => madeUpYes(deps, now, before, channel, language))
      : [],
    suppression: { internal: [], listings: [] },
  }
  const at = deps.clock.now().getTime()
  const choices = version.contactChannels
    .map((channel) => standingChoice(keyFor(deps.house, id, channel, facts), version, facts, next, at))
    .filter(restsOnConsent)
  const [card] = asNewQuestions(purposeCards(choices, next, language, { surface }))
  return card === undefined ? { kind: 'nothing' } : { kind: 'card', card }
}

function modelOf(
  deps: PurposesDeps,
  file: PurposeFile,
  document: PurposeDocument,
  asked: {
    readonly language?: string | undefined
    readonly surface?: string | undefined
    readonly reader?: string | undefined
  },
  spoken: Language,
): PurposePreviewModel {
  const t = translator(spoken)
  const { id, copy, registry } = file
  const href = purposePath(id)
  const languages = [...new Set(document.notices.map(({ language }) => language))]
  const language = languages.find((one) => one === asked.language) ?? languages[0] ?? 'es'
  const surfaces = [
    ...new Set(
      document.notices
        .filter((notice) => notice.language === language)
        .flatMap(({ surface }) => surfaceOf(surface) ?? []),
    ),
  ]
  const surface = surfaces.find((one) => one === asked.surface) ?? surfaces[0] ?? 'screen'
  const reader: Reader = asked.reader === 'agreed' ? 'agreed' : 'new'
  const hrefOf = (more: {
    readonly language?: string
    readonly surface?: string
    readonly reader?: string
  }) => `${href}/preview?${new URLSearchParams({ language, surface, reader, ...more })}`
  const words = document.notices.find(
    (notice) => notice.language === language && (surfaceOf(notice.surface) ?? 'screen') === surface,
  )
  const next =
    copy === undefined ? registry : previewRegistry(registry, copy.document, deps.clock.now().getTime())
  const readable = surface === 'screen' && copy !== undefined && registry.active.has(id)
  const pressed = cardSurfaces.find((one) => one === surface)
  const inWords = new Intl.DisplayNames(spoken, { type: 'language' })
  return {
    href,
    of: copy === undefined ? 'active' : 'draft',
    language,
    languages: languages.map((one) => ({
      href: hrefOf({ language: one }),
      words: inWords.of(one) ?? one,
      current: one === language,
    })),
    surfaces: surfaces.map((one) => ({
      href: hrefOf({ surface: one }),
      words: t(`surface.${one}`),
      current: one === surface,
    })),
    readers: readable
      ? (['new', 'agreed'] as const).map((one) => ({
          href: hrefOf({ reader: one }),
          words: t(`preview.reader.${one}`),
          current: one === reader,
        }))
      : [],
    shown:
      pressed !== undefined
        ? cardFor(deps, registry, next, { id, language, reader: readable ? reader : 'new', surface: pressed })
        : words === undefined
          ? { kind: 'nothing' }
          : { kind: 'read-out', title: words.title, summary: words.summary, text: words.text },
  }
}

export const previewRoutes = (deps: PurposesDeps): readonly Route[] => [
  defineRoute({
    name: 'dpo.purpose.preview',
    method: 'GET',
    path: '/dpo/purposes/:purpose/preview',
    caller: { who: 'staff', power: 'purpose.change' },
    params: ofPurpose,
    query: z.object({
      language: z.string().max(35).optional(),
      surface: z.string().max(20).optional(),
      reader: z.string().max(20).optional(),
    }),
    answers: [200, 303],
    handle: async (request) => {
      const file = await purposeFile(deps, request.params.purpose)
      const document = documentOf(file)
      if (document === undefined) return seeOther(purposePath(file.id))
      const language = deps.renderer.languageOf(request)
      return deps.renderer.show(
        request,
        PurposePreviewView,
        modelOf(deps, file, document, request.query, language),
      )
    },
  }),
]
