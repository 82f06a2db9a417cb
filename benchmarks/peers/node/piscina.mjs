// A pool of as many workers as there are cores: the pattern that the article recommends for production.
import os from 'node:os'
import Piscina from 'piscina'
import { tasksOf } from './tasks.mjs'

const [, , workload, input, output] = process.argv
const pool = new Piscina({
  filename: new URL('./piscina-worker.mjs', import.meta.url).href,
  minThreads: os.availableParallelism(),
  maxThreads: os.availableParallelism(),
})
await Promise.all(tasksOf(workload, input, output).map((task) => pool.run(task)))
await pool.close()
