import type { View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'

export interface CardModel {
  /** Undefined for who has none. */
  readonly card?: {
    /** In groups, as it is read out. */
    readonly number: string
    /** Dark modules as one path, in a square of `size` that includes the quiet zone. */
    readonly qr: { readonly size: number; readonly path: string }
    /** The one store it is good in. */
    readonly store?: string
    /** Where a new code is fetched from, and where the page is opened again. */
    readonly codeHref: string
    readonly href: string
  }
}

/** The card on the customer's own screen. The code is drawn here, so it is there without script and is loaded anew. */
export const CardView: View<CardModel> = {
  id: 'privacy-centre/card',
  title: (_, { t }) => t('card.title'),
  layout: 'privacy',
  modules: ['loyalty-card'],
  looksAgain: ({ card }) => card && { href: card.href, seconds: 30 },
  body: ({ model, page }) => {
    const { t } = page
    const { card } = model
    if (card === undefined) {
      return (
        <>
          <Heading title={t('card.title')} />
          <EmptyState icon="receipt" title={t('card.none')}>
            <p>{t('card.noneAbout')}</p>
            <Form page={page} action="/privacy/card">
              <Button>{t('card.ask')}</Button>
            </Form>
          </EmptyState>
        </>
      )
    }
    const { size, path } = card.qr
    return (
      <>
        <Heading title={t('card.title')}>
          <p class="lead">{t('card.lead')}</p>
        </Heading>
        <div class="column stack" data-loyalty-code={card.codeHref} data-stale={t('card.stale')}>
          {/* Dark on white whatever the theme: scanners read no negative. */}
          <svg
            width="100%"
            viewBox={`0 0 ${size} ${size}`}
            role="img"
            aria-label={t('card.qr')}
            shape-rendering="crispEdges"
          >
            <rect width="100%" height="100%" fill="#fff" />
            <path fill="#000" d={path} />
          </svg>
          <p data-left>{t('card.left')}</p>
          <p class="soft">
            {card.store === undefined ? t('card.anyStore') : t('card.onlyStore', { store: card.store })}
          </p>
          <ButtonLink weight="even" href={card.href}>
            {t('card.new')}
          </ButtonLink>
        </div>
        <Card id="number" title={t('card.number')}>
          <p class="big-code">{card.number}</p>
          <p class="soft">{t('card.numberHint')}</p>
        </Card>
        <Card id="seen" title={t('card.seen')}>
          <ul>
            <li>{t('card.seenNumber')}</li>
            <li>{t('card.seenCode')}</li>
            <li>{t('card.seenHistory')}</li>
          </ul>
          <p>
            <a href="/privacy/security">{t('card.activity')}</a>
          </p>
        </Card>
      </>
    )
  },
}
