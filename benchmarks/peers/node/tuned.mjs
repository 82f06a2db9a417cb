// sharp as its documentation tunes it: one libvips thread an image, as many images at once as cores (UV_THREADPOOL_SIZE is set by the
// caller), no cache; in the experiment each source is decoded once and PNG is written at level 1. Of photographs several widths are made
// from the file each, as sharp's clone() does, too, or, where told "once", the smaller ones from the pixels of the widest.
import os from 'node:os'
import sharp from 'sharp'
import { operations } from './operations.mjs'
import { run, tasksOf, widths } from './tasks.mjs'

sharp.concurrency(1)
sharp.cache(false)
const lanes = os.availableParallelism()
const [workload, input, output] = process.argv.slice(-3)
const isOnce = process.argv[2] === 'once'
const tasks = tasksOf(workload, input, output)
const files = [...new Set(tasks.map((task) => task.file))]

if (workload === 'experiment') {
  await inLanes(files, async (file) => {
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
    for (const task of tasks.filter((one) => one.file === file)) {
      await operations[task.operation](sharp(data, { raw: info })).png({ compressionLevel: 1 }).toFile(task.output)
    }
  })
} else if (isOnce) {
  await inLanes(files, async (file) => {
    const widest = Math.max(...widths)
    const { autoOrient: size } = await sharp(file).metadata()
    const { data, info } = await sharp(file).rotate().resize(widest).raw().toBuffer({ resolveWithObject: true })
    for (const { width, output } of tasks.filter((one) => one.file === file)) {
      const pixels = sharp(data, { raw: info })
      const height = Math.round((size.height * width) / size.width)
      await (width === widest ? pixels : pixels.resize(width, height, { fit: 'fill' })).jpeg({ quality: 80 }).toFile(output)
    }
  })
} else {
  await inLanes(tasks, run)
}

async function inLanes(items, work) {
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      await work(items[next++])
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
