import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passwordAndCode } from '../../demo/journeys/password-and-code.ts'
import { signInAgainWithPasskey } from '../../demo/journeys/sign-in-again-with-passkey.ts'
import { signOut } from '../../demo/journeys/sign-out.ts'
import { type Ground, openGround, walk, wordsOf } from './walking.ts'

let ground: Ground

beforeAll(async () => {
  ground = await openGround()
})

afterAll(async () => {
  await ground?.close()
})

const ana = { firstName: 'Ana', email: 'ana@correo.example' }
const bruno = { firstName: 'Bruno', email: 'bruno@correo.example' }

describe('Signing in again', () => {
  it('takes a passkey and nothing else', async () => {
    const alba = { firstName: 'Alba', email: 'alba@correo.example' }
    const { context, page } = await walk(ground, signInAgainWithPasskey, alba, {
      'signed-in': async (shown) => expect(await wordsOf(shown)).toContain(alba.email),
    })
    const mails = ground.demo.outbox.messages.filter(({ recipients }) => recipients.includes(alba.email))
    // The one code of the account's beginning: the second sign-in sent none.
    expect(mails.filter(({ kind }) => kind.startsWith('code-'))).toHaveLength(1)
    expect(page.url()).toBe(`${ground.demo.addresses.shop}/account`)
    await context.close()
  })

  it('takes a password, or a code sent by mail', async () => {
    const { context, page } = await walk(ground, passwordAndCode, ana, {
      'signed-in-by-password': async (shown) => expect(await wordsOf(shown)).toContain(ana.email),
    })
    expect(await wordsOf(page)).toContain(ana.email)
    await context.close()
  })

  it('takes them without script too', async () => {
    const { context, page } = await walk(ground, passwordAndCode, ana, {}, { javaScriptEnabled: false })
    expect(await wordsOf(page)).toContain(ana.email)
    await context.close()
  })
})

describe('Signing out in the privacy centre', () => {
  it('ends the session of the shop as well, by back-channel logout', async () => {
    const { context, page } = await walk(ground, signOut, bruno, {
      'signed-in': async (shown) => expect(await wordsOf(shown)).toContain(bruno.email),
      'shop-forgot': async (shown) => {
        expect(await shown.getByRole('link', { name: 'Entrar' }).isVisible()).toBe(true)
        // It is the shop that ended it: this browser still shows the shop its cookie.
        const cookies = await shown.context().cookies(ground.demo.addresses.shop)
        expect(cookies.map(({ name }) => name)).toContain('shop_session')
      },
    })
    await page.goto(`${ground.demo.addresses.shop}/account`)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Entra en tu cuenta')
    await context.close()
  })
})
