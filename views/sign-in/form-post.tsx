import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'

export interface FormPostModel {
  /** Address of the client, compared with the registered ones. */
  readonly action: string
  /** What the protocol answers. Nothing else goes along, and no token of ours. */
  readonly fields: Readonly<Record<string, string>>
  readonly clientName: string
}

/** The answer to a client that wants it in a form: sent by itself where script runs, and by the button everywhere. */
export const FormPostView: View<FormPostModel> = {
  id: 'sign-in/form-post',
  title: (model, { t }) => t('continuing.title', { client: model.clientName }),
  layout: 'sign-in',
  modules: ['send-on'],
  body: ({ model, page }) => (
    <>
      <Heading title={page.t('continuing.title', { client: model.clientName })} icon="arrowRight">
        <p class="lead">{page.t('formPost.lead')}</p>
      </Heading>
      <form method="post" action={model.action} class="stack" data-send-on>
        {Object.entries(model.fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button wide weight="even">
          {page.t('continuing.link', { client: model.clientName })}
        </Button>
      </form>
    </>
  ),
}
