import type { ComponentChildren } from 'preact'
import type { Language, Words } from '../sample/language.ts'

const Picture = ({ ground, children }: { ground: string; children: ComponentChildren }) => (
  <svg viewBox="0 0 240 170" aria-hidden="true" focusable="false">
    <rect width="240" height="170" fill={ground} />
    <ellipse cx="120" cy="150" rx="66" ry="6" fill="#000" opacity="0.12" />
    {children}
  </svg>
)

const Raincoat = () => (
  <Picture ground="#cfe0e8">
    <path d="M92 46 62 62 54 116l18 5 8-36v66h80V85l8 36 18-5-8-54-30-16z" fill="#e3a72f" />
    <path d="M92 46c2-22 54-22 56 0-8 12-48 12-56 0z" fill="#c98d1c" />
    <path d="M101 44c4-13 34-13 38 0-8 7-30 7-38 0z" fill="#7a5410" />
    <path d="M120 54v97" stroke="#a87313" stroke-width="2" />
    <g fill="#fff3d1">
      <circle cx="126" cy="76" r="3" />
      <circle cx="126" cy="98" r="3" />
      <circle cx="126" cy="120" r="3" />
    </g>
    <path d="M86 116h22v4H86zm46 0h22v4h-22z" fill="#a87313" />
  </Picture>
)

const Scarf = () => (
  <Picture ground="#ecdccb">
    <path d="M74 40c24-14 68-14 92 0 8 12 2 26-8 30-26 10-50 10-76 0-10-4-16-18-8-30z" fill="#2f6f8f" />
    <path d="M84 48c22-10 50-10 72 0-14 12-58 12-72 0z" fill="#1d4a61" />
    <path d="m132 66 34-6 14 86-34 6z" fill="#3a84a8" />
    <path d="m140 96 36-6 2 12-36 6zm4 24 36-6 2 12-36 6z" fill="#f0e6d8" />
    <path d="m146 152 2 8m6-9 2 8m6-9 2 8m6-9 2 8m6-9 2 7" stroke="#2f6f8f" stroke-width="3" />
    <path d="M76 60c20 12 66 14 88 0l2 6c-22 16-70 14-90 0z" fill="#f0e6d8" />
  </Picture>
)

const Boot = ({ leather, shade }: { leather: string; shade: string }) => (
  <>
    <path d="M66 40h42v62c16 8 34 10 40 22 4 8 4 18 2 22H66z" fill={leather} />
    <path d="M118 106c-4 10-2 22 2 32H66v-10c20 0 36-8 42-26z" fill={shade} opacity="0.55" />
    <path d="M66 40h42v14H66z" fill={shade} />
    <path d="M64 138h88v12H64z" fill="#33261c" />
    <path
      d="m108 66-18 4m18 10-18 4m18 10-18 4m24 4-14 8"
      stroke="#f2c879"
      stroke-width="3"
      stroke-linecap="round"
    />
  </>
)

const Boots = () => (
  <Picture ground="#d9e3d2">
    <g transform="translate(44 -6)">
      <Boot leather="#5f3820" shade="#472815" />
    </g>
    <g transform="translate(-22 0)">
      <Boot leather="#7f4d2d" shade="#5b351d" />
    </g>
  </Picture>
)

const Tote = () => (
  <Picture ground="#e9dfc6">
    <path d="M96 72c0-44 48-44 48 0" fill="none" stroke="#8c7a4f" stroke-width="6" stroke-linecap="round" />
    <path d="M74 66h92l8 86H66z" fill="#fbf7ec" />
    <path d="M74 66h92l1 10H73z" fill="#e3d9bd" />
    <path d="m90 132 22-36 11 16 8-10 20 30z" fill="#14532d" />
    <circle cx="146" cy="96" r="6" fill="#d98b2b" />
  </Picture>
)

const Jumper = () => (
  <Picture ground="#dccfd6">
    <path d="M94 38 62 52 46 122l20 6 14-44v68h80V84l14 44 20-6-16-70-32-14z" fill="#8d2f3f" />
    <path d="M94 38c8 14 44 14 52 0l6 4c-10 20-54 20-64 0z" fill="#6d1f2e" />
    <path d="M80 142h80v10H80z" fill="#6d1f2e" />
    <path
      d="m80 84 10-10 10 10 10-10 10 10 10-10 10 10 10-10 10 10"
      fill="none"
      stroke="#f3dfd0"
      stroke-width="4"
    />
    <path
      d="m80 100 10-10 10 10 10-10 10 10 10-10 10 10 10-10 10 10"
      fill="none"
      stroke="#e2a86f"
      stroke-width="4"
    />
    <path d="m46 122 20 6 2-8-20-6zm148 0-20 6-2-8 20-6z" fill="#6d1f2e" />
  </Picture>
)

const Umbrella = () => (
  <Picture ground="#c9d6d9">
    <path
      d="M120 34v98c0 18 22 18 22 2"
      fill="none"
      stroke="#3a3f45"
      stroke-width="5"
      stroke-linecap="round"
    />
    <path
      d="M48 92c4-74 140-74 144 0-14-10-28-10-36 0-10-10-26-10-36 0-10-10-26-10-36 0-8-10-22-10-36 0z"
      fill="#1f5e4a"
    />
    <path d="M84 92c4-34 14-50 36-54-8 12-10 32 0 54-10-10-26-10-36 0z" fill="#2b7a61" />
    <path d="M156 92c-4-34-14-50-36-54 8 12 10 32 0 54 10-10 26-10 36 0z" fill="#184d3c" />
    <path d="M120 28v10" stroke="#3a3f45" stroke-width="5" stroke-linecap="round" />
    <path
      d="m56 30-6 14m28-26-4 10m110 2-6 14m36-8-6 14M36 66l-6 14"
      stroke="#6f8b94"
      stroke-width="3"
      stroke-linecap="round"
    />
  </Picture>
)

const goods: readonly {
  readonly name: Words<string>
  readonly cents: number
  readonly picture: () => ComponentChildren
}[] = [
  {
    name: { es: 'Chubasquero «Finisterre»', en: 'Rain jacket “Finisterre”' },
    cents: 11_900,
    picture: Raincoat,
  },
  {
    name: { es: 'Bufanda de lana «Cantábrico»', en: 'Wool scarf “Cantábrico”' },
    cents: 2_990,
    picture: Scarf,
  },
  { name: { es: 'Botas de monte «Picos»', en: 'Walking boots “Picos”' }, cents: 8_900, picture: Boots },
  { name: { es: 'Paraguas «Orvallo»', en: 'Umbrella “Orvallo”' }, cents: 3_450, picture: Umbrella },
  { name: { es: 'Jersey «Baztán»', en: 'Jumper “Baztán”' }, cents: 6_500, picture: Jumper },
  { name: { es: 'Bolsa de lona «Norte»', en: 'Canvas tote “Norte”' }, cents: 1_450, picture: Tote },
]

const price = (cents: number, language: Language) =>
  new Intl.NumberFormat(language === 'es' ? 'es-ES' : 'en-GB', { style: 'currency', currency: 'EUR' }).format(
    cents / 100,
  )

export const Goods = ({ language }: { language: Language }) => (
  <ul class="grid goods">
    {goods.map(({ name, cents, picture: Drawing }) => (
      <li key={name.en} class="card">
        <Drawing />
        <h3>{name[language]}</h3>
        <p class="soft">{price(cents, language)}</p>
      </li>
    ))}
  </ul>
)
