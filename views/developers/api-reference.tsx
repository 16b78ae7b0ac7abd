import type { PageContext, View } from '../page-context.ts'
import { Card } from '../parts/card.tsx'
import { CodeBlock } from '../parts/code-block.tsx'
import { Details } from '../parts/details.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { Table } from '../parts/table.tsx'

/** One field of a shape; nested ones are named by their path, such as `items[].sub`. */
export interface ShownField {
  readonly name: string
  readonly kind: string
  readonly needed: boolean
  readonly meaning: string
}

export interface ShownOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly scope: string
  readonly parameters: readonly ShownField[]
  readonly body: readonly ShownField[]
  readonly answers: readonly {
    readonly status: string
    readonly description: string
    readonly fields: readonly ShownField[]
  }[]
  readonly curl: string
  readonly exampleAnswer: string
}

export interface ApiReferenceModel {
  readonly tokenCurl: string
  readonly operations: readonly ShownOperation[]
}

/** The reference is made of the OpenAPI document, which is made of what the server really takes. */
export const ApiReferenceView: View<ApiReferenceModel> = {
  id: 'developers/api-reference',
  title: (_, { t }) => t('apiReference.title'),
  layout: 'plain',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('apiReference.title')}>
          <p class="lead">{t('apiReference.lead')}</p>
        </Heading>
        <ul>
          <li>
            <a href="/docs/api/openapi.json">{t('apiReference.document')}</a>
          </li>
          <li>
            <a href="/problems">{t('apiReference.problems')}</a>
          </li>
        </ul>
        <Card id="begin" title={t('apiReference.begin')}>
          <p>{t('apiReference.token')}</p>
          <CodeBlock label={t('apiReference.begin')} text={model.tokenCurl} />
        </Card>
        <nav class="contents stack stack--close" aria-labelledby="contents">
          <h2 id="contents">{t('apiReference.contents')}</h2>
          <ul>
            {model.operations.map((one) => (
              <li key={one.id}>
                <a href={`#${one.id}`}>{one.summary}</a>{' '}
                <code>
                  {one.method} {one.path}
                </code>
              </li>
            ))}
          </ul>
        </nav>
        {model.operations.map((one) => (
          <Operation key={one.id} page={page} operation={one} />
        ))}
      </>
    )
  },
}

function Operation({ page, operation: one }: { page: PageContext; operation: ShownOperation }) {
  const { t } = page
  return (
    <Card id={one.id} title={one.summary}>
      <p class="mono">
        {one.method} {one.path}
      </p>
      <p>{one.description}</p>
      <SummaryList rows={[{ label: t('apiReference.scope'), value: <code>{one.scope}</code> }]} />
      <Fields page={page} about={one.summary} title={t('apiReference.parameters')} fields={one.parameters} />
      <Fields page={page} about={one.summary} title={t('apiReference.body')} fields={one.body} />
      {one.answers.map(({ status, description, fields }) => (
        <div key={status} class="stack stack--close">
          <h3>{t('apiReference.answer', { status })}</h3>
          <p>{description}</p>
          <Fields
            page={page}
            about={`${one.summary} ${status}`}
            title={t('apiReference.field')}
            fields={fields}
          />
        </div>
      ))}
      <h3>{t('apiReference.example')}</h3>
      <CodeBlock label={`${t('apiReference.request')}: ${one.summary}`} text={one.curl} />
      <CodeBlock label={`${t('apiReference.example')}: ${one.summary}`} text={one.exampleAnswer} />
    </Card>
  )
}

function Fields(props: { page: PageContext; title: string; about: string; fields: readonly ShownField[] }) {
  const { page, title, about, fields } = props
  if (fields.length === 0) return null
  const { t } = page
  return (
    <Details summary={title} about={about} open>
      <Table
        caption={`${title}: ${about}`}
        columns={[
          t('apiReference.field'),
          t('apiReference.kind'),
          t('apiReference.needed'),
          t('apiReference.meaning'),
        ]}
        rows={fields.map(({ name, kind, needed, meaning }) => ({
          id: name,
          cells: [
            <code key="name">{name}</code>,
            kind,
            needed ? t('apiReference.yes') : t('apiReference.no'),
            meaning,
          ],
        }))}
      />
    </Details>
  )
}
