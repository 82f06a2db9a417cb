import fs from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { operations } from './operations.mjs'

/** The widths that a page asks for. */
export const widths = [480, 1024, 1920]

/** One task for each file and each thing that is made of it. */
export function tasksOf(workload, input, output) {
  fs.mkdirSync(output, { recursive: true })
  const files = fs.statSync(input).isFile() ? [input] : fs.readdirSync(input).map((name) => path.join(input, name))
  const task = (file, name, extra) => ({ workload, file, output: path.join(output, path.parse(file).name + name), ...extra })
  switch (workload) {
    case 'experiment':
      return files.flatMap((file) => Object.keys(operations).map((operation) => task(file, `-${operation}.png`, { operation })))
    case 'responsive':
      return files.flatMap((file) => widths.map((width) => task(file, `-${width}.jpg`, { width })))
    default:
      return files.map((file) => task(file, workload === 'icons' ? '.png' : '.jpg'))
  }
}

/** Does one task, decoding its file. */
export function run({ workload, file, output, operation, width }) {
  const image = sharp(file)
  switch (workload) {
    case 'experiment':
      return operations[operation](image).toFile(output)
    case 'photographs':
      return image.rotate().resize(1600, 1600, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 80 }).toFile(output)
    case 'responsive':
      return image.rotate().resize(width).jpeg({ quality: 80 }).toFile(output)
    case 'icons':
      return image.rotate().resize(128, 128, { fit: 'inside' }).png().toFile(output)
    case 'one':
      return image.rotate().resize(800).jpeg({ quality: 80 }).toFile(output)
    default:
      throw new Error(`unknown workload: ${workload}`)
  }
}
