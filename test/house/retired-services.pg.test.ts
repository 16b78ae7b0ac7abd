import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refreshAt } from './house-of-clients.ts'
import { type Answer, openHouseOfServices } from './house-of-services.ts'
import { authorizationOf, codeFor, personCalled, userinfo, Visitor } from './visitor.ts'

type HouseOfServices = Awaited<ReturnType<typeof openHouseOfServices>>

let house: HouseOfServices
let app: HouseOfServices['app']
let web: HouseOfServices['web']
let foreign: HouseOfServices['foreign']
let robot: HouseOfServices['robot']
let segments: HouseOfServices['segments']
let commands: HouseOfServices['commands']
let machine: HouseOfServices['machine']
let person: HouseOfServices['person']
let introspect: HouseOfServices['introspect']

const ana = personCalled('ana')
const bruno = personCalled('bruno')

beforeAll(async () => {
  house = await openHouseOfServices()
  ;({ app, web, foreign, robot, segments, commands, machine, person, introspect } = house)
}, 60_000)
afterAll(() => house?.close())

describe('a service that is retired', () => {
  it('gets no more tokens, its opaque ones are dead, and its JWTs end by themselves within minutes', async () => {
    const short = 'https://temporal.tiendanorte.example'
    const document = {
      identifier: short,
      name: 'Temporal',
      scopes: ['things:read'],
      introspecting_clients: ['segmentos-api'],
      clients: { 'robot-de-reposicion': ['things:read'] },
    }
    await commands.resources.create(document)
    const { access_token: token } = await machine(robot, { resource: short, scope: 'things:read' })
    expect(await introspect(segments, token)).toMatchObject({ active: true, scope: 'things:read' })
    await commands.resources.retire(short)
    expect(await machine(robot, { resource: short })).toMatchObject({ error: 'invalid_target' })
    for (const party of [segments, robot]) expect(await introspect(party, token)).toEqual({ active: false })
  })

  it('registered anew under the same name, is a service nobody allowed a client to use', async () => {
    const reused = 'https://reutilizada.tiendanorte.example'
    const document = {
      identifier: reused,
      name: 'La de antes',
      scopes: ['things:read'],
      introspecting_clients: ['segmentos-api'],
      clients: { libros: ['things:read'] },
    }
    const visitor = new Visitor(app.origin)
    const asked = authorizationOf(foreign.libros, 'x'.repeat(43), {
      resource: reused,
      scope: 'openid things:read',
    })
    await codeFor(visitor, web, bruno)
    await commands.resources.create(document)
    const first = await visitor.open(asked)
    expect(first.url.pathname).toMatch(/authorize-client$/)
    await visitor.submit(first.url.pathname, { decision: 'share' })
    const again = await visitor.open(asked)
    expect(again.url.searchParams.get('code'), 'allowed once, it is not asked again').not.toBeNull()
    await commands.resources.retire(reused)
    await commands.resources.create({ ...document, name: 'Otra' })
    const anew = await visitor.open(asked)
    expect(anew.url.pathname).toMatch(/authorize-client$/)
    expect(anew.text).toContain('Otra')
  })

  it('keeps nobody from refreshing for what is still there', async () => {
    const gone = 'https://efimera.tiendanorte.example'
    await commands.resources.create({
      identifier: gone,
      name: 'Efímera',
      token_format: 'jwt',
      consent_gated: false,
      scopes: ['things:read'],
      clients: { 'tienda-norte-web': ['things:read'] },
    })
    const got = await person(web, ana, gone, { scope: 'openid offline_access things:read' })
    await commands.resources.retire(gone)
    const refresh = refreshAt(app.origin)
    const refusal = await refresh(web, got.refresh_token!, { resource: gone })
    expect(((await refusal.json()) as Answer).error).toBe('invalid_target')
    const renewed = (await (await refresh(web, got.refresh_token!)).json()) as Answer
    expect((await userinfo(app.origin, renewed.access_token)).status).toBe(200)
  })
})
