import type { MessageKey } from '../locales/translator.ts'
import type { PageContext, View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { FieldError, fieldError } from '../parts/errors.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/notice.tsx'
import { Radios } from '../parts/radios.tsx'
import { asSpoken, CallFrame, type CallHead, CallTools, ReadAloud } from './call-frame.tsx'

const callReasons = ['order', 'account', 'privacy', 'loyalty', 'complaint', 'other'] as const

/** Somebody it may be. Everything is masked, and the key is worth something in this call alone. */
export interface CandidateModel {
  readonly key: string
  readonly name: string
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly foundBy: 'phone' | 'email' | 'loyalty-card'
}

export interface FindCallerModel {
  readonly head: CallHead
  readonly candidates: readonly CandidateModel[]
  /** Looked for, and nobody to choose from. */
  readonly nobody: boolean
  readonly sought: string
  readonly chosen: string
  readonly reason: string
  readonly words: string
}

function Candidates({ page, model }: { page: PageContext; model: FindCallerModel }) {
  const { t } = page
  const error = fieldError(page, 'candidate')
  return (
    <Card id="candidates" title={t('calls.candidates')}>
      <Notice kind="warning">
        <p>{t('calls.notVerified')}</p>
      </Notice>
      <Form page={page} action={`${model.head.href}/choose`}>
        <fieldset class="field" {...(error ? { 'aria-describedby': 'candidate-error' } : {})}>
          <legend class="field__label">{t('calls.whichCandidate')}</legend>
          <FieldError id="candidate-error" words={error} />
          {model.candidates.map(({ key, name, email, phone, foundBy }, position) => (
            <label class="check candidate" key={key}>
              <input
                type="radio"
                id={position === 0 ? 'candidate' : `candidate-${position}`}
                name="candidate"
                value={key}
                checked={model.chosen === key}
              />
              <span>
                <strong>{name}</strong>
                <span class="small soft">
                  {[email, phone, t(`calls.foundBy.${foundBy}`)].filter(Boolean).join(' · ')}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="columns">
          <Radios
            page={page}
            name="reason"
            label={t('calls.reason')}
            hint={t('calls.reasonHint')}
            options={callReasons.map((value) => ({ value, words: t(`calls.reason.${value}`) }))}
            value={model.reason}
          />
        </div>
        <TextInput
          page={page}
          name="words"
          label={t('calls.reasonWords')}
          hint={t('calls.reasonWordsHint')}
          value={model.words}
          autocomplete="off"
          optional
        />
        <Button>{t('calls.choose')}</Button>
      </Form>
    </Card>
  )
}

/** Fields: `candidate`, `reason`, `words` to choose; `identifier` to look for somebody. */
export const FindCallerView: View<FindCallerModel> = {
  id: 'agent-console/find-caller',
  title: (_, { t }) => t('calls.find.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { head } = model
    const spoken: MessageKey = 'calls.say.whoAreYou'
    return (
      <CallFrame page={page} head={head} title={t('calls.find.title')} lead={t('calls.find.lead')}>
        {model.candidates.length > 0 && <Candidates page={page} model={model} />}
        {model.nobody && (
          <EmptyState icon="person" title={t('calls.nobody')}>
            <p>{t('calls.nobodyAbout')}</p>
          </EmptyState>
        )}
        <Card id="search" title={t('calls.search')}>
          <ReadAloud page={page} language={head.language}>
            <p>{asSpoken(page, head.language).t(spoken)}</p>
          </ReadAloud>
          <Form page={page} action={`${head.href}/find`}>
            <TextInput
              page={page}
              name="identifier"
              label={t('calls.identifier')}
              hint={t('calls.identifierHint')}
              value={model.sought}
              autocomplete="off"
              spellcheck={false}
            />
            <Button weight="even">{t('calls.searchNow')}</Button>
          </Form>
        </Card>
        <CallTools page={page} head={head} />
      </CallFrame>
    )
  },
}
