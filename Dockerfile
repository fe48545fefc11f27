# Bigplan as an image: production's packages alone, as a user of its own. OPERATIONS.md says how to run it.
FROM node:22-bookworm-slim AS client
WORKDIR /bigplan
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma prisma
COPY src/db/dev src/db/dev
# With Prisma's CLI, which stays behind here: it writes the database client.
RUN npm ci --ignore-scripts --no-audit --no-fund && npm run generate

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    BIGPLAN_DATA_DIR=/data \
    BIGPLAN_HEALTH_PORT=9464
WORKDIR /bigplan
COPY . .
COPY --from=client /bigplan/src/db/generated src/db/generated
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force \
    && mkdir /data && chown node:node /data
USER node
EXPOSE 3000
HEALTHCHECK --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which would keep the signals to itself.
CMD ["node", "src/launch.mjs", "src/start.ts"]
