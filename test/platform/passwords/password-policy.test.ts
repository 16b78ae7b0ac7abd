import { afterAll, describe, expect, it } from 'vitest'
import { createPasswordPolicy } from '../../../src/platform/passwords/password-policy.ts'

const policy = createPasswordPolicy({ words: ['Placet', 'Tienda Norte'] })
const ana = { words: ['ana.garcia', 'Ana García'], otherFactor: false, language: 'es' }

afterAll(() => policy.close())

describe('the password policy', () => {
  it.each([
    'caballo correcto bateria grapa',
    'nadie sube descalzo al monte',
    '   spaces at both ends too   ',
    '密码很长但是没有人会猜到它真的',
    '🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤🦆',
    'x7#Kq!vR2$mZ9@pL',
    `${'una frase que no acaba nunca '.repeat(30)}`,
  ])('accepts %j', async (password) => {
    expect(await policy.judge(password, ana)).toMatchObject({ acceptable: true })
  })

  it.each([
    ['corta', 'password-too-short'],
    ['catorce letras', 'password-too-short'],
    ['🦊🐻🐼🐨🐯🦁🐮🐷', 'password-too-short'],
    ['é'.repeat(513), 'password-too-long'],
    ['PasswordPassword', 'password-common'],
    ['qwerty123456789', 'password-common'],
    ['123456789987654321', 'password-common'],
    ['contraseñacontraseña', 'password-common'],
    ['aaaaaaaaaaaaaaaaaaaa', 'password-common'],
    ['dragondragondragon', 'password-common'],
    ['ana.garcia.placet.2024', 'password-context'],
    ['AnaGarcíaTiendaNorte!', 'password-context'],
    ['qwertyuiopasdfgh', 'password-guessable'],
  ])('refuses %j as %s (R59, R60)', async (password, issue) => {
    expect(await policy.judge(password, ana)).toMatchObject({ acceptable: false, issue })
  })

  it('asks for eight characters beside another factor, and still looks in the list', async () => {
    const beside = { ...ana, otherFactor: true }
    expect((await policy.judge('k9 fjord', beside)).acceptable).toBe(true)
    expect(await policy.judge('k9fjord', beside)).toMatchObject({ issue: 'password-too-short' })
    expect(await policy.judge('iloveyou', beside)).toMatchObject({ issue: 'password-common' })
  })

  it('advises in the language of the person', async () => {
    const inSpanish = await policy.judge('qwertyuiopasdfgh', ana)
    expect(inSpanish.warning).toMatch(/contraseña/)
    const inCatalan = await policy.judge('qwertyuiopasdfgh', { ...ana, language: 'ca-ES' })
    expect(inCatalan.warning).toBe(inSpanish.warning)
    const inEnglish = await policy.judge('qwertyuiopasdfgh', { ...ana, language: 'en-GB' })
    expect(inEnglish.warning).toMatch(/password/)
  })

  it('does not hold up the process, however nasty the text', async () => {
    let worst = 0
    let last = performance.now()
    const timer = setInterval(() => {
      worst = Math.max(worst, performance.now() - last)
      last = performance.now()
    }, 5)
    await policy.judge('4@$1!0'.repeat(100), ana)
    clearInterval(timer)
    expect(worst).toBeLessThan(200)
  })
})
