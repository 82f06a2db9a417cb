// The article's program, written anew: every task awaited in turn, or every task on a worker thread of its own, all at once.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { run, tasksOf } from './tasks.mjs'

const onOwnThread = (task) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task })
    worker.on('message', resolve)
    worker.on('error', reject)
  })

if (isMainThread) {
  const [, , way, workload, input, output] = process.argv
  const tasks = tasksOf(workload, input, output)
  if (way === 'threads') {
    await Promise.all(tasks.map(onOwnThread))
  } else {
    for (const task of tasks) {
      await run(task)
    }
  }
} else {
  await run(workerData)
  parentPort.postMessage({ success: true })
}
