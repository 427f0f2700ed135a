// Makes the pictures in docs/screens, of the small portal or of any built site that has its pages:
//   node testing/bars/screens.mjs generator/testdata/public docs/screens
// Needs Chromium and pngquant (Debian: chromium, pngquant) and npm ci in this folder.
import { execFileSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { launch } from 'puppeteer-core'

const [from, to] = process.argv.slice(2)
const shots = [
  ['home', 'index.html', 1280, 'light'],
  ['home-phone', 'index.html', 360, 'dark'],
  ['guide', 'divisions/139921/food-business.01.html', 1280, 'light'],
  ['guide-phone', 'divisions/139921/food-business.01.html', 360, 'light'],
  ['search', 'search/index.html?q=%E5%BC%80%E9%A5%AD%E5%BA%97', 1280, 'light'],
  ['place', 'divisions/139921/index.html', 1280, 'light'],
  ['item', 'items/food-business/index.html', 1280, 'light'],
  ['bundle', 'bundles/open-restaurant/index.html', 768, 'light'],
  ['changes', 'changes/index.html', 768, 'light'],
  ['material', 'materials/business-license/index.html', 768, 'dark'],
  ['data', 'data/index.html', 1280, 'light'],
  ['law', 'laws/food-safety/index.html', 768, 'light'],
]
mkdirSync(to, { recursive: true })
const browser = await launch({ executablePath: process.env.CHROME_PATH || '/usr/bin/chromium', args: ['--no-sandbox'] })
for (const [name, path, width, scheme] of shots) {
  const page = await browser.newPage()
  await page.setViewport({ width, height: width < 500 ? 740 : Math.round(width * 0.7), deviceScaleFactor: 1 })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  await page.goto('file://' + resolve(from, path))
  if (name === 'search') await page.waitForSelector('.hits li')
  const file = resolve(to, name + '.png')
  await page.screenshot({ path: file })
  execFileSync('pngquant', ['--force', '--skip-if-larger', '--speed', '1', '--output', file, '48', file])
  console.log(name, statSync(file).size)
  await page.close()
}
await browser.close()
