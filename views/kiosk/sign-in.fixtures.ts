import { fixturesOf } from '../fixture.ts'
import { type KioskScreen, type KioskSignInModel, KioskSignInView, kioskScreens } from './sign-in.tsx'

const modelOf = (screen: KioskScreen): KioskSignInModel => ({
  screen,
  address: 'id.tienda-norte.example/device',
  example: { place: 'Quiosco 3', code: 'WDJB-MJHT', number: '64' },
})

export const kioskSignInFixtures = fixturesOf(KioskSignInView, {
  default: { model: modelOf('attract') },
  ...Object.fromEntries(
    kioskScreens
      .filter((screen) => screen !== 'attract')
      .map((screen) => [screen, { model: modelOf(screen) }]),
  ),
  'passkey nearby': {
    model: { ...modelOf('attract'), example: { place: 'Quiosco 3', code: '', number: '', nearby: true } },
  },
  'long text': {
    model: {
      ...modelOf('code'),
      address: 'identidad.grandes-almacenes-del-norte-de-castilla.example/device',
    },
  },
})
