import type { Channel, ContactChannel } from '../../src/kernel/evidence.ts'
import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { Details } from '../parts/details.tsx'
import { Heading } from '../parts/heading.tsx'
import { Icon } from '../parts/icon.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'

export interface ReceiptModel {
  readonly id: string
  readonly state: 'given' | 'claimed' | 'noted' | 'refused' | 'withdrawn' | 'confirmed'
  readonly at: Date
  /** When it came to us, where it was told later than it was. */
  readonly receivedAt?: Date | undefined
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly contactPoint?: string
  /** The exact words that were shown, in the language they were shown in. An empty hash: they answer no published text. */
  readonly notice: {
    readonly id: string
    readonly version: string
    readonly language: string
    readonly hash: string
    readonly text: string
  }
  readonly data: readonly string[]
  readonly recipients: readonly string[]
  readonly controller: { readonly name: string; readonly contact: string; readonly address?: string }
  readonly channel: Channel
  readonly touchpoint?: string
  readonly authority: { readonly name: string; readonly href?: string | undefined }
  /** The file with its keys and proofs, for whoever wants to verify it without us. */
  readonly downloadHref: string
  /** The same receipt in other forms. */
  readonly formats: readonly {
    readonly format: 'jws' | 'jsonld' | 'credential' | 'oneDecision'
    readonly href: string
  }[]
  readonly verifyHref?: string
  /** Nothing is kept of the act any more; what the person holds is all there is. */
  readonly erased?: boolean
  readonly proof?: {
    readonly log: string
    readonly index: number
    readonly size: number
    readonly root: string
  }
}

/** What a customer keeps. Prints on one page. */
export const ReceiptView: View<ReceiptModel> = {
  id: 'privacy-centre/receipt',
  title: (_, { t }) => t('receipt.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    const { notice, controller, proof } = model
    return (
      <div class="column column--wide stack">
        <BackLink href="/privacy/history" words={t('receipt.back')} />
        <div class="paper">
          <Heading title={t('receipt.title')}>
            <p class="lead">{t(`receipt.state.${model.state}`, { purpose: model.purpose })}</p>
          </Heading>
          {model.erased === true && (
            <Notice kind="info">
              <p>{t('receipt.erased')}</p>
            </Notice>
          )}
          <blockquote
            class="paper__words"
            {...(notice.language === page.language ? {} : { lang: notice.language })}
          >
            {notice.text}
          </blockquote>
          <SummaryList
            rows={[
              { label: t('receipt.at'), value: t('page.moment', { at: model.at }) },
              ...(model.receivedAt === undefined
                ? []
                : [{ label: t('receipt.receivedAt'), value: t('page.moment', { at: model.receivedAt }) }]),
              { label: t('receipt.purpose'), value: model.purpose },
              ...(model.contactChannel === 'none'
                ? []
                : [
                    {
                      label: t('receipt.contactChannel'),
                      value: [t(`contactChannel.${model.contactChannel}`), model.contactPoint]
                        .filter(Boolean)
                        .join(': '),
                    },
                  ]),
              {
                label: t('receipt.where'),
                value: [t(`channel.${model.channel}`), model.touchpoint].filter(Boolean).join(', '),
              },
              { label: t('purpose.data'), value: <Values of={model.data} /> },
              {
                label: t('purpose.recipients'),
                value: model.recipients.length ? <Values of={model.recipients} /> : t('purpose.noRecipients'),
              },
              {
                label: t('purpose.controller'),
                value: [controller.name, controller.address, controller.contact].filter(Boolean).join(', '),
              },
              {
                label: t('receipt.complain'),
                value: model.authority.href ? (
                  <a href={model.authority.href}>{model.authority.name}</a>
                ) : (
                  model.authority.name
                ),
              },
            ]}
          />
          <hr class="paper__cut" />
          <div class="seal">
            <Icon name="shield" size={32} />
            <p class="small">
              {t('receipt.signed')}
              <br />
              <span class="mono soft">{model.id}</span>
            </p>
          </div>
          <Details summary={t('receipt.technical')}>
            <SummaryList
              rows={[
                ...(notice.hash === ''
                  ? []
                  : [
                      {
                        label: t('receipt.notice'),
                        value: `${notice.id}, ${notice.version}, ${notice.language}`,
                      },
                      { label: t('receipt.hash'), value: <span class="mono">{notice.hash}</span> },
                    ]),
                ...(proof
                  ? [
                      {
                        label: t('receipt.log'),
                        value: t('receipt.logEntry', {
                          log: proof.log,
                          index: proof.index,
                          size: proof.size,
                        }),
                      },
                      { label: t('receipt.root'), value: <span class="mono">{proof.root}</span> },
                    ]
                  : []),
                {
                  label: t('receipt.formats'),
                  value: (
                    <ul>
                      {model.formats.map(({ format, href }) => (
                        <li key={format}>
                          <a href={href} download>
                            {t(`receipt.format.${format}`)}
                          </a>
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]}
            />
          </Details>
        </div>
        <div class="actions">
          <ButtonLink weight="even" href={model.downloadHref} icon="download" download>
            {t('receipt.download')}
          </ButtonLink>
          {model.verifyHref && (
            <ButtonLink weight="quiet" href={model.verifyHref}>
              {t('receipt.verify')}
            </ButtonLink>
          )}
          <ButtonLink weight="quiet" href="/privacy/permissions">
            {t('receipt.change')}
          </ButtonLink>
        </div>
      </div>
    )
  },
}
