# The Node of every stage is the major that package.json pins for development. Debian, because glibc is what Node is built and
# tested with; slim, because the gateway needs nothing of the system but Node.

FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY src src
RUN npm run build
# Once more with the image's own Node: what one V8 has compiled is of no use to another.
RUN node dist/rehearsal.js

# Optional dependencies are the Nodes that npm scripts run with; the image brings its own.
FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
# Nobody in particular, by number, so that Kubernetes can see that it is not root. The files stay root's: the gateway writes none.
USER 65532:65532
EXPOSE 4000
STOPSIGNAL SIGTERM
# It asks where the gateway listens: HOST is one address, or all of them, of which loopback is one. Every port is asked, also one that fetch() refuses.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "-e", "const { HOST: host, PORT: port } = process.env; const isOne = host && !['0.0.0.0', '::'].includes(host); require('node:http').get({ host: isOne ? host : '127.0.0.1', port: port || 4000, path: '/livez' }, (answer) => process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
# Node itself is process 1 and gets the signals: npm or a shell in between would swallow SIGTERM.
CMD ["node", "dist/main.js"]
