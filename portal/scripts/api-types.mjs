// Write the types of each service's API from its OpenAPI document; with a folder's name, write there.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const SERVICES = ['identity', 'hours', 'certificates', 'verify', 'portal']
const root = new URL('../..', import.meta.url)
const folder = process.argv[2] ?? fileURLToPath(new URL('../src/api/generated/', import.meta.url))

await mkdir(folder, { recursive: true })
for (const service of SERVICES) {
  const document = JSON.parse(await readFile(new URL(`contracts/http/${service}.json`, root), 'utf8'))
  const types = astToString(await openapiTS(document, { defaultNonNullable: false }))
  await writeFile(`${folder}/${service}.ts`, `// Made by \`npm run api\` from contracts/http/${service}.json.\n\n${types}`)
}
