import type { ClientPlace, Scenario } from './scenario.ts'

const get = (path: string) => ({
  prepare: async ({ http }: ClientPlace) => ({
    operate: async () => {
      const { status } = await http.send(path)
      if (status !== 200) throw new Error(`${path} answered ${status}`)
    },
  }),
})

/** Shows what one HTTP exchange costs before anything is done in it; the floor is also the generator's own ceiling. */
export const discovery: Scenario = {
  id: 'S0',
  title: 'discovery document',
  operation: 'one GET of /.well-known/openid-configuration',
  objectiveMs: 20,
  budget: { roundTrips: 0 },
  house: { where: 'client', ...get('/.well-known/openid-configuration') },
  floor: { title: 'koa hello', where: 'client', server: 'hello', ...get('/') },
}
