import { translator } from '../locales/translator.ts'
import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Heading } from '../parts/heading.tsx'
import { PurposeCard, type PurposeCardModel } from '../parts/purpose-card.tsx'
import { inTongue } from './purpose-words.ts'

interface PreviewLink {
  readonly href: string
  readonly words: string
  readonly current: boolean
}

export interface PurposePreviewModel {
  readonly href: string
  readonly of: 'draft' | 'active'
  readonly language: string
  readonly languages: readonly PreviewLink[]
  readonly surfaces: readonly PreviewLink[]
  readonly readers: readonly PreviewLink[]
  readonly shown:
    | { readonly kind: 'card'; readonly card: PurposeCardModel }
    | { readonly kind: 'read-out'; readonly title: string; readonly summary: string; readonly text: string }
    | { readonly kind: 'nothing' }
    | { readonly kind: 'still-counts' }
}

/** The customer's page is in the customer's language, whatever the console is in. */
function asCustomer(page: PageContext, language: string): PageContext {
  const spoken = language === 'en' ? 'en' : 'es'
  return { ...page, language: spoken, t: translator(spoken, page.brand.timeZone) }
}

const Tabs = ({ id, words, links }: { id: string; words: string; links: readonly PreviewLink[] }) => (
  <nav class="tabs" aria-labelledby={id}>
    <span id={id} class="soft">
      {words}
    </span>
    <ul>
      {links.map((link) => (
        <li key={link.href}>
          <a href={link.href} {...(link.current ? { 'aria-current': 'true' as const } : {})}>
            {link.words}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

function Shown({ page, model }: { page: PageContext; model: PurposePreviewModel }) {
  const { shown, language } = model
  if (shown.kind === 'nothing' || shown.kind === 'still-counts') {
    return (
      <EmptyState icon="info" title={page.t('preview.none')}>
        <p>{page.t(shown.kind === 'nothing' ? 'preview.noneAbout' : 'preview.stillCounts')}</p>
      </EmptyState>
    )
  }
  const customer = asCustomer(page, language)
  return (
    <div class="screen" {...inTongue(page, customer.language)}>
      {shown.kind === 'card' ? (
        <PurposeCard page={customer} purpose={shown.card} />
      ) : (
        <blockquote class="card" {...inTongue(customer, language)}>
          <h2>{shown.title}</h2>
          <p>{shown.summary}</p>
          <p>{shown.text}</p>
        </blockquote>
      )}
    </div>
  )
}

/** What customers meet, by the very components that they meet it in. Nothing here can be sent. */
export const PurposePreviewView: View<PurposePreviewModel> = {
  id: 'staff/purpose-preview',
  title: (_, { t }) => t('preview.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <BackLink href={model.href} words={t('preview.back')} />
        <Heading title={t('preview.title')}>
          <p class="lead">{t(`preview.lead.${model.of}`)}</p>
        </Heading>
        <div>
          <Tabs id="languages" words={t('preview.languages')} links={model.languages} />
          <Tabs id="surfaces" words={t('preview.surfaces')} links={model.surfaces} />
          {model.readers.length > 0 && (
            <Tabs id="readers" words={t('preview.readers')} links={model.readers} />
          )}
        </div>
        <Shown page={page} model={model} />
      </>
    )
  },
}
