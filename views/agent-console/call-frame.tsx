import type { ComponentChildren } from 'preact'
import { translator } from '../locales/translator.ts'
import type { Language, PageContext } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { Tag } from '../parts/tag.tsx'

export type CallAssurance = 'none' | 'number-match' | 'code' | 'call-back' | 'own-device'

/** Why less may be done for this caller than for others; each is said above everything else. */
export type CallBanner = 'minor' | 'restricted' | 'locked'

/** What every page of a call begins with. */
export interface CallHead {
  /** Of the call's own page; its forms post below it. */
  readonly href: string
  /** Short, to be spelled out on the telephone. */
  readonly reference: string
  readonly language: Language
  readonly assurance: CallAssurance
  /** What the caller may be told about whom they speak with; never a name. */
  readonly agentReference: string
  readonly openedAt: Date
  readonly banners: readonly CallBanner[]
}

const isVerified = (assurance: CallAssurance): boolean => assurance !== 'none' && assurance !== 'number-match'

/** The page in the language of the call, for what is read to the caller. */
export function asSpoken(page: PageContext, language: Language): PageContext {
  return { ...page, language, t: translator(language, page.brand.timeZone) }
}

export const inTongue = (page: PageContext, language: string) =>
  language === page.language ? {} : { lang: language }

/** Words to read aloud as they stand. They are in the language of the call, whatever the console is in. */
export function ReadAloud(props: { page: PageContext; language: Language; children: ComponentChildren }) {
  const { page, language, children } = props
  return (
    <figure class="aloud">
      <figcaption class="small soft">{page.t(`calls.readAloud.${language}`)}</figcaption>
      <blockquote {...inTongue(page, language)}>{children}</blockquote>
    </figure>
  )
}

/** Heading of a call's page, with how sure we are of the caller and what limits us. */
export function CallFrame(props: {
  page: PageContext
  head: CallHead
  title: string
  lead?: string
  /** Leads back to the call's own page; left out on that page itself. */
  back?: boolean
  children: ComponentChildren
}) {
  const { page, head, title, lead, back = false, children } = props
  const { t } = page
  return (
    <>
      <BackLink
        href={back ? head.href : '/staff/calls'}
        words={t(back ? 'calls.backToCall' : 'calls.backToDesk')}
      />
      <Heading title={title}>{lead && <p class="lead">{lead}</p>}</Heading>
      <div class="call">
        <span>
          <span class="soft small">{t('calls.reference')}</span>
          <strong class="reference">{head.reference}</strong>
        </span>
        <span>
          <span class="soft small">{t('calls.since')}</span>
          <span>{t('calls.clock', { at: head.openedAt })}</span>
        </span>
        <span>
          <span class="soft small">{t('calls.you')}</span>
          <span class="mono">{head.agentReference}</span>
        </span>
        {isVerified(head.assurance) ? (
          <Tag tone="accent">{t(`calls.assurance.${head.assurance}`)}</Tag>
        ) : (
          <Tag tone="warn">{t(`calls.assurance.${head.assurance}`)}</Tag>
        )}
      </div>
      {head.banners.map((banner) => (
        <Notice key={banner} kind="warning">
          <p>
            <strong>{t(`calls.banner.${banner}`)}</strong>
          </p>
          <p>{t(`calls.banner.${banner}.do`)}</p>
        </Notice>
      ))}
      {children}
    </>
  )
}

/** The ends of a call, and its language: at hand on each of its own pages. */
export function CallTools({ page, head }: { page: PageContext; head: CallHead }) {
  const { t } = page
  const other = head.language === 'es' ? 'en' : 'es'
  return (
    <div class="actions call__tools">
      <a class="button button--even" href={`${head.href}/wrap-up`}>
        {t('calls.wrapUp')}
      </a>
      <Form page={page} action={`${head.href}/drop`} class="plain">
        <Button weight="quiet">{t('calls.dropped')}</Button>
      </Form>
      <Form page={page} action={`${head.href}/language`} class="plain">
        <Button weight="quiet" name="language" value={other}>
          {t(`calls.speak.${other}`)}
        </Button>
      </Form>
    </div>
  )
}
