# A Push Node: docker build -t push-node . && docker run -p 4000:4000 -v push-node:/data push-node
# TLS, backup and the rest: docs/hosting.md

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json rollup.config.mjs ./
COPY src src
RUN npm run build
# What the node runs on, in the very versions of the lock file: dependencies, and those peers that a server loads.
RUN npm pkg delete devDependencies overrides peerDependenciesMeta \
      peerDependencies.react peerDependencies.react-dom peerDependencies.styled-components \
 && npm prune

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist/bin dist/bin
RUN install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# The port inside stays 4000, where the health check looks; -p chooses the one outside.
ENTRYPOINT ["node", "dist/bin/push-node.js", "--host", "0.0.0.0", "--port", "4000"]
CMD ["--data", "/data"]
