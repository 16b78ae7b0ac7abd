import type { PageContext } from '../page-context.ts'

export interface Share {
  readonly words: string
  readonly count: number
  /** Of the pattern, and never of worth: no answer is drawn as the good one. */
  readonly tone: 'first' | 'second' | 'third' | 'rest'
}

const number = (page: PageContext, value: number, options?: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(page.language === 'es' ? 'es-ES' : 'en-GB', options).format(value)

/** Where each part begins and how wide it is, in hundredths of the bar. */
function drawn(shares: readonly Share[], all: number) {
  let start = 0
  return shares.map(({ tone, count }) => {
    const width = all === 0 ? 0 : (count * 100) / all
    const part = { tone, x: start, width }
    start += width
    return part
  })
}

/** People by what they did, as one bar for the eye and as a table that says the same. */
export function ShareBar(props: { page: PageContext; caption: string; shares: readonly Share[] }) {
  const { page, caption, shares } = props
  const { t } = page
  const all = shares.reduce((sum, { count }) => sum + count, 0)
  return (
    <div class="shares">
      <svg class="shares__bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="shares__ground" width="100" height="6" />
        {drawn(shares, all).map(({ tone, x, width }) => (
          <rect key={tone} class={`shares__${tone}`} x={x.toFixed(2)} width={width.toFixed(2)} height="6" />
        ))}
      </svg>
      <table class="table shares__table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('answers.answer')}</th>
            <th scope="col" class="shares__figure">
              {t('answers.people')}
            </th>
            <th scope="col" class="shares__figure">
              {t('answers.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shares.map(({ words, count, tone }) => (
            <tr key={tone}>
              <td>
                <span class="shares__key">
                  <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                    <rect class={`shares__${tone}`} width="12" height="12" />
                  </svg>
                  {words}
                </span>
              </td>
              <td class="shares__figure">{number(page, count)}</td>
              <td class="shares__figure">
                {number(page, all === 0 ? 0 : count / all, {
                  style: 'percent',
                  minimumFractionDigits: 1,
                  maximumFractionDigits: 1,
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
