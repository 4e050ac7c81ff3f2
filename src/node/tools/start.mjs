// `npm start`: installs what is missing, builds the app, serves it on this machine and says where.
// PORT chooses the port (0: any); without it 5173 or the next free one.
import './node-version.mjs'

const { install } = await import('./install.mjs')
const { build } = await import('./build.mjs')
const { listen, readFolder, staticServer } = await import('./serve.mjs')

const stop = (text) => {
  console.error(text)
  process.exit(1)
}

const wish = process.env['PORT']
const chosen = wish !== undefined && wish !== ''
if (chosen && !(/^\d{1,5}$/.test(wish) && Number(wish) < 65536)) stop(`PORT is not a port number: ${wish}`)

if (!(await install())) process.exit(1)
const folder = await build()
if (folder === null) process.exit(1)

const server = staticServer(readFolder(folder))
try {
  const port = await listen(server, chosen ? Number(wish) : 5173, !chosen)
  console.log(`Facteur is at http://127.0.0.1:${port}/   (Ctrl-C ends it)`)
} catch (error) {
  stop(
    error.code === 'EADDRINUSE'
      ? `Port ${wish} is taken; PORT=0 takes any free one.`
      : `Cannot listen: ${error.message}`,
  )
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  })
}
