/** Where the parts of the demo live. `localhost` and `*.localhost` are secure contexts, so passkeys work without TLS. */
export interface DemoAddresses {
  readonly issuer: string
  readonly shop: string
  readonly newsletter: string
  readonly tour: string
  readonly till: string
  readonly ports: {
    readonly issuer: number
    readonly shop: number
    readonly newsletter: number
    readonly tour: number
    readonly till: number
  }
}

export function demoAddresses(port: number): DemoAddresses {
  const ports = { issuer: port, shop: port + 1, newsletter: port + 2, tour: port + 3, till: port + 4 }
  return {
    issuer: `http://localhost:${ports.issuer}`,
    shop: `http://shop.localhost:${ports.shop}`,
    newsletter: `http://newsletter.localhost:${ports.newsletter}`,
    tour: `http://tour.localhost:${ports.tour}`,
    till: `http://till.localhost:${ports.till}`,
    ports,
  }
}
