import { load } from 'cheerio'
import { HtmlValidate } from 'html-validate'
import { describe, expect, it } from 'vitest'
import { type RenderedMail, renderMail } from '../../views/mail/render-mail.tsx'
import type { Language } from '../../views/page.tsx'

const sender = { brandName: 'Tienda Norte', helpHref: 'https://tienda-norte.example/ayuda' }
const at = new Date('2026-11-22T10:15:30.000Z')

const mails = (language: Language): Record<string, RenderedMail> => ({
  'code to sign in': renderMail(
    'code',
    { ...sender, purpose: 'sign-in', code: '492817', minutesValid: 10 },
    language,
  ),
  'code to create an account': renderMail(
    'code',
    { ...sender, purpose: 'create-account', code: '492817', minutesValid: 10 },
    language,
  ),
  'account exists': renderMail('account-exists', { ...sender, code: '491827', minutesValid: 10 }, language),
  'passkey added': renderMail(
    'security-notice',
    {
      ...sender,
      event: 'passkey-added',
      at,
      givenName: 'Ana',
      detail: 'Móvil de Ana <script>',
      securityHref: 'https://id.tienda-norte.example/privacy/security',
    },
    language,
  ),
  confirmation: renderMail(
    'confirm-consent',
    {
      ...sender,
      purposes: ['Ofertas y novedades'],
      confirmHref: 'https://id.tienda-norte.example/confirm/1',
      until: at,
      reminder: false,
    },
    language,
  ),
  'confirmation, reminder': renderMail(
    'confirm-consent',
    {
      ...sender,
      purposes: ['Ofertas y novedades', 'Encuestas <b>'],
      confirmHref: 'https://id.tienda-norte.example/confirm/1',
      until: at,
      reminder: true,
    },
    language,
  ),
  guardian: renderMail(
    'guardian-invitation',
    {
      ...sender,
      about: 'child',
      child: 'l•••@e•••.example',
      href: 'https://id.tienda-norte.example/guardian/1',
      until: at,
    },
    language,
  ),
  'code for a guardian': renderMail(
    'guardian-code',
    { ...sender, about: 'child', code: '492817', minutesValid: 10 },
    language,
  ),
  'till code': renderMail(
    'till-code',
    { ...sender, code: '482193', place: 'Gran Vía', expiresAt: at },
    language,
  ),
  'restriction ends': renderMail('restriction-ends', { ...sender, after: at }, language),
  'enrolment in a store': renderMail(
    'store-enrolment',
    {
      ...sender,
      about: 'store',
      store: 'Gran Vía',
      href: 'https://id.tienda-norte.example/store/finish/1',
      until: at,
    },
    language,
  ),
  'enrolment of somebody with an account': renderMail(
    'store-account',
    {
      ...sender,
      store: 'Gran Vía',
      href: 'https://id.tienda-norte.example/privacy',
      notMeHref: 'https://id.tienda-norte.example/store/finish/1',
    },
    language,
  ),
  'receipt of a till': renderMail(
    'store-receipt',
    { ...sender, about: 'store', store: 'Gran Vía', reference: 'T3-004512', total: '24,90 €' },
    language,
  ),
  'code for a call': renderMail('call-code', { ...sender, code: '492817', reference: 'LL-4F7K2M' }, language),
  'what was told in a call': renderMail(
    'call-choices',
    {
      ...sender,
      reference: 'LL-4F7K2M',
      at,
      pending: [{ title: 'Ofertas <b>', contactChannel: 'email' }],
      told: [{ title: 'Encuestas', contactChannel: 'none' }],
      until: at,
      href: 'https://id.tienda-norte.example/call/1',
    },
    language,
  ),
  receipt: renderMail(
    'consent-receipt',
    {
      ...sender,
      at,
      channel: 'kiosk',
      touchpoint: 'Gran Vía (Madrid)',
      choices: [
        { purpose: 'Ofertas', contactChannel: 'email', answer: 'yes' },
        { purpose: 'Ofertas', contactChannel: 'sms', answer: 'no' },
      ],
      receiptHref: 'https://id.tienda-norte.example/privacy/receipts/1',
      permissionsHref: 'https://id.tienda-norte.example/privacy/permissions',
    },
    language,
  ),
})

const all = (['es', 'en'] as const).flatMap((language) =>
  Object.entries(mails(language)).map(([name, mail]) => ({ name, language, mail })),
)

describe('A mail', () => {
  it.each(all)('has a subject, a text and valid HTML that say the same: $name ($language)', ({ mail }) => {
    const report = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        'void-style': 'off',
        'doctype-style': 'off',
        'no-trailing-whitespace': 'off',
        'long-title': 'off',
      },
    }).validateStringSync(mail.html)
    expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([])
    const $ = load(mail.html)
    for (const paragraph of $('main p, main dd').toArray()) {
      expect(mail.text).toContain($(paragraph).text())
    }
    expect(mail.subject).not.toMatch(/[\r\n{}]/)
    expect($('[style], script, img')).toHaveLength(0)
  })

  it('with a code shows it in the subject and holds no link to follow, nor advertising', () => {
    const { subject, html, text } = mails('es')['code to sign in'] ?? expect.fail()
    expect(subject).toBe('492817 es tu código para entrar en Tienda Norte')
    expect(load(html)('main a')).toHaveLength(0)
    expect(text).toContain('    492817')
  })

  it('that asks for a confirmation has one link, names what it is for, and offers nothing else', () => {
    const { html, text } = mails('es').confirmation ?? expect.fail()
    expect(load(html)('main a')).toHaveLength(1)
    expect(text).toContain('Ofertas y novedades')
    expect(text).toContain('No es publicidad.')
  })

  it('to a guardian does not speak of an account they do not have', () => {
    const { text } = mails('es').guardian ?? expect.fail()
    expect(text).toContain('porque una persona menor nos ha dado tu correo')
    expect(text).not.toContain('tu cuenta')
  })

  it('escapes what people named themselves', () => {
    const { html } = mails('es')['passkey added'] ?? expect.fail()
    expect(html).not.toContain('<script>')
    expect(html).toContain('Móvil de Ana &lt;script>')
  })

  it('tells yes and no alike in a receipt', () => {
    const { text } = mails('es').receipt ?? expect.fail()
    expect(text).toContain('- Ofertas (Correo electrónico): Sí\n- Ofertas (SMS): No')
    expect(text).toContain('Lo decidiste en un quiosco de tienda, Gran Vía (Madrid).')
  })
})
