import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Radios } from '../parts/radios.tsx'
import { TextArea } from '../parts/text-area.tsx'
import { requestRightWords } from '../request-words.ts'

export interface NewRequestModel {
  readonly action: string
  readonly backHref: string
  /** Name the request will have: sent twice, it is still one. */
  readonly key: string
  /** What was sent, when the page is shown again. */
  readonly right: string
  readonly words: string
}

/** One question and room for words that nobody has to fill in. Fields: `key`, `right`, `words`. */
export const NewRequestView: View<NewRequestModel> = {
  id: 'privacy-centre/new-request',
  title: (_, { t }) => t('newRequest.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <BackLink href={model.backHref} words={t('request.back')} />
        <Heading title={t('newRequest.title')}>
          <p class="lead">{t('newRequest.lead')}</p>
        </Heading>
        <Form page={page} action={model.action}>
          <input type="hidden" name="key" value={model.key} />
          <Radios
            page={page}
            name="right"
            label={t('newRequest.right')}
            value={model.right}
            options={requestRightWords.map((value) => ({
              value,
              words: t(`requests.right.${value}`),
              about: t(`requests.about.${value}`),
            }))}
          />
          <TextArea
            page={page}
            name="words"
            label={t('newRequest.words')}
            hint={t('newRequest.wordsHint')}
            value={model.words}
            rows={5}
            optional
          />
          <Button wide>{t('newRequest.send')}</Button>
          <p class="small soft">{t('newRequest.after')}</p>
        </Form>
      </>
    )
  },
}
