import type { PageContext, View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Choice, type PurposeChoice } from '../parts/choice.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/notice.tsx'
import { CallFrame, type CallHead, inTongue, ReadAloud } from './call-frame.tsx'

/** A purpose in the words that were published to be read out on the telephone. There is nothing to fall back on. */
export interface ScriptPurpose {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly version: string
  readonly language: string
  readonly choices: readonly PurposeChoice[]
}

export interface ScriptModel {
  readonly head: CallHead
  readonly purposes: readonly ScriptPurpose[]
  /** Where the form posts to, with a key of its own. */
  readonly action: string
  readonly recording: string
  /** `take-back`: no yes may be told here, because of who calls or because nobody knows who does. A no may be told always. */
  readonly mode: 'ask' | 'take-back'
}

function Purpose({ page, head, purpose }: { page: PageContext; head: CallHead; purpose: ScriptPurpose }) {
  const { t } = page
  return (
    <section class="card" aria-labelledby={`purpose-${purpose.id}`}>
      <div class="card__head">
        <h2 id={`purpose-${purpose.id}`} {...inTongue(page, purpose.language)}>
          {purpose.title}
        </h2>
        <span class="small soft">
          {t('calls.script.version', {
            version: purpose.version,
            language: t(`calls.language.${head.language}`),
          })}
        </span>
      </div>
      <ReadAloud page={page} language={head.language}>
        <p>{purpose.text}</p>
      </ReadAloud>
      <div>
        {purpose.choices.map((choice) => (
          <Choice key={choice.key} page={page} title={purpose.title} choice={choice} />
        ))}
      </div>
    </section>
  )
}

/** Taking back needs none of what giving does (GDPR Art. 7(3)): one tick for each, and nothing of how they stand. */
function TakeBack({ page, purposes }: { page: PageContext; purposes: readonly ScriptPurpose[] }) {
  const { t } = page
  const questions = purposes.flatMap(({ title, language, choices }) =>
    choices.map((choice) => ({ title, language, choice })),
  )
  return (
    <fieldset class="field">
      <legend class="field__label">{t('calls.takeBack.which')}</legend>
      {questions.map(({ title, language, choice: { key, contactChannel, notice } }) => (
        <label class="check" key={key}>
          <input type="checkbox" name={`choice.${key}`} value="no" />
          <span>
            <span {...inTongue(page, language)}>{title}</span>
            {contactChannel !== 'none' && `: ${t(`contactChannel.${contactChannel}`)}`}
          </span>
          <input
            type="hidden"
            name={`shown.${key}`}
            value={[notice.id, notice.version, notice.language, notice.hash].join('|')}
          />
        </label>
      ))}
    </fieldset>
  )
}

/**
 * Fields: those of a form of choices, and `recording`. Both answers are drawn alike, nothing is preset, and what the caller does
 * not answer is not sent. A yes told here is what the agent heard; it counts once the caller says it themselves.
 */
export const ScriptView: View<ScriptModel> = {
  id: 'agent-console/script',
  title: ({ mode }, { t }) => t(mode === 'ask' ? 'calls.script.title' : 'calls.takeBack.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { head, purposes, mode } = model
    const asks = mode === 'ask'
    return (
      <CallFrame
        page={page}
        head={head}
        title={t(asks ? 'calls.script.title' : 'calls.takeBack.title')}
        lead={t(asks ? 'calls.script.lead' : 'calls.takeBack.lead')}
        back
      >
        {purposes.length === 0 ? (
          <EmptyState icon="info" title={t('calls.script.none')}>
            <p>{t('calls.script.noneAbout')}</p>
          </EmptyState>
        ) : (
          <>
            {asks && (
              <Notice kind="info">
                <p>{t('calls.script.theirYes')}</p>
              </Notice>
            )}
            <Form page={page} action={model.action}>
              {asks ? (
                purposes.map((purpose) => (
                  <Purpose key={purpose.id} page={page} head={head} purpose={purpose} />
                ))
              ) : (
                <TakeBack page={page} purposes={purposes} />
              )}
              <Card id="recording-card" title={t('calls.script.proof')}>
                <TextInput
                  page={page}
                  name="recording"
                  label={t('calls.script.recording')}
                  hint={t('calls.script.recordingHint')}
                  value={model.recording}
                  autocomplete="off"
                  spellcheck={false}
                  optional
                />
              </Card>
              <p class="soft">{t('calls.script.unanswered')}</p>
              <Button>{t('calls.script.save')}</Button>
            </Form>
          </>
        )}
      </CallFrame>
    )
  },
}
