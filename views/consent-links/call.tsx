import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { YesNo } from '../parts/yes-no.tsx'

export interface ToldItem {
  readonly purpose: string
  readonly contactChannel: ContactChannel
}

/** What was read aloud, in full and as it was, so that the answer is to this and nothing else. */
export interface ReadAloud extends ToldItem {
  /** Name of the question in the form. */
  readonly key: string
  readonly summary: string
  readonly text: string
  readonly language: string
}

export interface CallLinkModel {
  readonly state: 'asks' | 'told' | 'answered' | 'answered-before' | 'disowned' | 'overtaken'
  readonly reference: string
  readonly at: Date
  readonly until: Date
  /** Waiting for the reader's own answer. */
  readonly questions: readonly ReadAloud[]
  /** Recorded in the call, and counting already. */
  readonly told: readonly ToldItem[]
  /** Of those, what becomes a yes again when it was not the reader. */
  readonly tookBack: readonly ToldItem[]
  /** How the questions stand that the reader answered. */
  readonly answers: readonly (ToldItem & { readonly answer: 'yes' | 'no' })[]
  readonly restored: readonly ToldItem[]
  /** Of what was told as a no, what is one still. */
  readonly stays: readonly ToldItem[]
  readonly toBeAsked: readonly ToldItem[]
  readonly notMineAction: string
}

/**
 * What an agent wrote down in a call, for the one it is about. The reader answers for themselves, and opening the page answers
 * nothing. "I did not do this" is one button, as near as the answer.
 */
export const CallLinkView: View<CallLinkModel> = {
  id: 'consent-links/call',
  title: ({ state }, { t }) => t(`callLink.title.${state}`),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { state, reference, at, answers, restored, stays, toBeAsked, told } = model
    const done = state === 'answered' || state === 'disowned'
    return (
      <>
        <Heading title={t(`callLink.title.${state}`)} {...(done ? { icon: 'check' as const } : {})}>
          <p class="lead">{t(`callLink.lead.${state}`, { reference, at })}</p>
        </Heading>
        {state === 'asks' && <Questions page={page} questions={model.questions} />}
        {answers.length > 0 && (
          <SummaryList
            rows={answers.map((one) => ({ label: nameOf(one, page), value: t(`answer.${one.answer}`) }))}
          />
        )}
        {state === 'disowned' && stays.length > 0 && (
          <section class="stack stack--close" aria-labelledby="stays">
            <h2 id="stays">{t('callLink.stays')}</h2>
            <Items page={page} of={stays} />
          </section>
        )}
        {state !== 'disowned' && told.length > 0 && (
          <section class="stack stack--close" aria-labelledby="told">
            <h2 id="told">{t('callLink.told')}</h2>
            <Items page={page} of={told} />
          </section>
        )}
        {restored.length > 0 && (
          <section class="stack stack--close" aria-labelledby="restored">
            <h2 id="restored">{t('callLink.restored')}</h2>
            <Items page={page} of={restored} />
          </section>
        )}
        {toBeAsked.length > 0 && (
          <Notice kind="warning">
            <p>{t('callLink.toBeAsked')}</p>
            <Items page={page} of={toBeAsked} />
          </Notice>
        )}
        {state !== 'disowned' && state !== 'overtaken' && <NotMine page={page} model={model} />}
        <div class="actions">
          <ButtonLink weight="quiet" href="/privacy/permissions">
            {t('withdrawn.permissions')}
          </ButtonLink>
        </div>
      </>
    )
  },
}

const nameOf = ({ purpose, contactChannel }: ToldItem, { t }: PageContext): string =>
  `${purpose} · ${contactChannel === 'none' ? t('withdrawn.allUse') : t(`contactChannel.${contactChannel}`)}`

const Items = ({ page, of }: { page: PageContext; of: readonly ToldItem[] }) => (
  <ul>
    {of.map((one) => (
      <li key={nameOf(one, page)}>{nameOf(one, page)}</li>
    ))}
  </ul>
)

function Questions({ page, questions }: { page: PageContext; questions: readonly ReadAloud[] }) {
  return (
    <Form page={page}>
      {questions.map((one) => (
        <section key={one.key} class="card" aria-labelledby={`words-${one.key}`}>
          <h2 id={`words-${one.key}`}>{nameOf(one, page)}</h2>
          <p {...(one.language === page.language ? {} : { lang: one.language })}>{one.summary}</p>
          <p class="small soft" {...(one.language === page.language ? {} : { lang: one.language })}>
            {one.text}
          </p>
          <YesNo page={page} name={`choice.${one.key}`} labelledBy={`words-${one.key}`} />
        </section>
      ))}
      <Button wide>{page.t('callLink.save')}</Button>
    </Form>
  )
}

function NotMine({ page, model }: { page: PageContext; model: CallLinkModel }) {
  const { t } = page
  const { tookBack, until, notMineAction } = model
  return (
    <section class="stack stack--close" aria-labelledby="not-mine">
      <h2 id="not-mine">{t('callLink.notMineTitle')}</h2>
      <p>{t('callLink.notMine', { until })}</p>
      {tookBack.length > 0 && (
        <>
          <p>{t('callLink.notMineRestores')}</p>
          <Items page={page} of={tookBack} />
        </>
      )}
      <Form page={page} action={notMineAction}>
        <Button weight="even" wide>
          {t('callLink.notMineDo')}
        </Button>
      </Form>
    </section>
  )
}
