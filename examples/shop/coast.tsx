/** The northern coast on a wet morning, as the shop sees itself. */
export const Coast = () => (
  <svg viewBox="0 0 560 340" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
    <defs>
      <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stop-color="#7fa9b5" />
        <stop offset="1" stop-color="#f1dcb2" />
      </linearGradient>
    </defs>
    <rect width="560" height="340" fill="url(#sky)" />
    <circle cx="392" cy="150" r="38" fill="#fbe9b8" />
    <path d="M0 214 88 132l46 40 74-92 72 86 52-42 96 92H0z" fill="#5d8a86" />
    <path d="m208 80 26 31-18 10-12-14-16 12z" fill="#e9f0ec" />
    <path d="M0 240c90-44 160-36 236-10s150 14 324-26v136H0z" fill="#2f6b5a" />
    <path d="M250 250c90-16 200-20 310-8v98H220z" fill="#3c7f95" />
    <path
      d="M270 272c40-6 70 6 110 0s70-6 120 0m-200 24c40-6 70 6 110 0s80-6 120 0"
      fill="none"
      stroke="#a7cdd3"
      stroke-width="3"
      stroke-linecap="round"
    />
    <path d="M0 268c70-20 150-22 222 4 30 12 40 40 44 68H0z" fill="#1f5741" />
    <path d="M430 258c30-22 90-24 130-14v96H404z" fill="#24493b" />
    <path d="M474 244 480 160h24l6 84z" fill="#f7f3e8" />
    <path d="m477 204 30 0 1.6 20h-33z" fill="#b4432f" />
    <path d="M474 160h36v-8h-36z" fill="#39434a" />
    <path d="M482 152v-18h20v18z" fill="#f9dd8a" />
    <path d="M478 134c4-14 24-14 28 0z" fill="#b4432f" />
    <path d="m482 142-120-24v30z" fill="#fff3c4" opacity="0.4" />
    <path
      d="m44 40-10 24m70-44-10 24m84 6-10 24m110-60-10 24m90 6-10 24m70-50-10 24m80 10-10 24"
      stroke="#fff"
      stroke-width="2.5"
      stroke-linecap="round"
      opacity="0.5"
    />
  </svg>
)
