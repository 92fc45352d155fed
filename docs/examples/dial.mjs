// Dials a ticket with the stock iroh of npm and echoes one message.
//   npm ci --prefix tests/Interop && node docs/examples/dial.mjs <ticket>
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../tests/Interop/', import.meta.url))
const iroh = require('@number0/iroh/index.js')

const [text] = process.argv.slice(2)
if (!text) {
  console.error('usage: node docs/examples/dial.mjs <ticket>')
  process.exit(2)
}

const builder = iroh.Endpoint.builder()
iroh.presetMinimal(builder)
builder.relayMode(iroh.RelayMode.disabled())
const endpoint = await builder.bind()
const address = iroh.EndpointTicket.fromString(text).endpointAddr()
const connection = await endpoint.connect(address, Array.from(Buffer.from('iroh-example/echo/0')))
const stream = await connection.openBi()
await stream.send.writeAll(Array.from(Buffer.from('Hello, world!')))
await stream.send.finish()
console.log(Buffer.from(await stream.recv.readToEnd(1000)).toString())
connection.close(0n, Array.from(Buffer.from('bye!')))
await endpoint.close()
