// sharp as its documentation tunes it: one libvips thread an image, as many images at once as cores (UV_THREADPOOL_SIZE is set by the
// caller), no cache; in the experiment each source is decoded once and PNG is written at level 1.
import os from 'node:os'
import sharp from 'sharp'
import { operations } from './operations.mjs'
import { run, tasksOf } from './tasks.mjs'

sharp.concurrency(1)
sharp.cache(false)
const lanes = os.availableParallelism()
const [, , workload, input, output] = process.argv
const tasks = tasksOf(workload, input, output)

if (workload === 'experiment') {
  const files = [...new Set(tasks.map((task) => task.file))]
  await inLanes(files, async (file) => {
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
    for (const task of tasks.filter((one) => one.file === file)) {
      await operations[task.operation](sharp(data, { raw: info })).png({ compressionLevel: 1 }).toFile(task.output)
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
